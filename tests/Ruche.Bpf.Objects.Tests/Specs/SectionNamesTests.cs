// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Tests.Specs;

public sealed class SectionNamesTests
{
    public static TheoryData<string> Names =>
        [.. SectionNames.Definitions.Select(d => d.Name), .. SectionNames.OlderNames.Select(d => d.Name)];

    [Fact]
    public void Every_name_of_libbpf_is_known() => Assert.Equal(116, SectionNames.Definitions.Length);

    [Fact]
    public void No_name_is_defined_twice() => Assert.Equal(
        SectionNames.Definitions.Length + SectionNames.OlderNames.Length,
        SectionNames.Definitions.Concat(SectionNames.OlderNames).Select(d => d.Name).Distinct().Count());

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_name_makes_a_program_of_its_type(string name)
    {
        var definition = SectionNames.Definitions.Concat(SectionNames.OlderNames).Single(d => d.Name == name);
        string section = definition.Target is SectionTarget.Optional ? $"{name}/some/target:here" : name;

        var program = ReadAll()[section];

        Assert.Equal(
            (definition.Type, definition.AttachType, definition.Attach, definition.Flags),
            (program.Type, program.AttachType, program.Attach, program.Flags));
        Assert.Equal(definition.Target is SectionTarget.Optional ? "some/target:here" : "", program.AttachTarget);
        Assert.True(program.AutoLoad);
    }

    [Theory]
    [InlineData("tracepoint/raw_syscalls/sys_enter", ProgramType.Tracepoint, AttachKind.Tracepoint, "raw_syscalls/sys_enter")]
    [InlineData("uprobe//usr/bin/bash:readline+0x4", ProgramType.Kprobe, AttachKind.Uprobe, "/usr/bin/bash:readline+0x4")]
    [InlineData("uprobe/libc.so.6:malloc", ProgramType.Kprobe, AttachKind.Uprobe, "libc.so.6:malloc")]
    [InlineData("kprobe", ProgramType.Kprobe, AttachKind.Kprobe, "")]
    [InlineData("fentry.s/do_unlinkat", ProgramType.Tracing, AttachKind.Fentry, "do_unlinkat")]
    [InlineData("xdp_filter", ProgramType.Xdp, AttachKind.Xdp, "")]
    [InlineData("xdp/frags_x", ProgramType.Xdp, AttachKind.Xdp, "")]
    [InlineData("socket1", ProgramType.SocketFilter, AttachKind.Socket, "")]
    [InlineData("classifier/egress", ProgramType.SchedCls, AttachKind.TcEgress, "")]
    [InlineData("cgroup/connect4/1", ProgramType.CgroupSockAddr, AttachKind.Cgroup, "")]
    [InlineData("prog", ProgramType.Unspec, AttachKind.None, "")]
    [InlineData("kprobes", ProgramType.Unspec, AttachKind.None, "")]
    [InlineData("xdpcap", ProgramType.Unspec, AttachKind.None, "")]
    [InlineData("", ProgramType.Unspec, AttachKind.None, "")]
    public void Names_are_matched_with_their_targets(string section, ProgramType type, AttachKind attach, string target)
    {
        var match = SectionNames.Match(section);

        Assert.Equal(
            (type, attach, target),
            (match.Definition?.Type ?? ProgramType.Unspec, match.Definition?.Attach ?? AttachKind.None, match.Target));
    }

    [Fact]
    public void A_question_mark_asks_not_to_load()
    {
        var match = SectionNames.Match("?xdp.frags");

        Assert.False(match.AutoLoad);
        Assert.Equal(ProgramFlags.XdpHasFragments, match.Definition!.Flags);
    }

    private static Dictionary<string, ProgramSpec> ReadAll()
    {
        var sections = SectionNames.Definitions.Concat(SectionNames.OlderNames)
            .Select(d => d.Target is SectionTarget.Optional ? $"{d.Name}/some/target:here" : d.Name);
        string source = string.Concat(sections.Select((s, i) => $"__attribute__((section(\"{s}\"))) int p{i}(void *ctx) {{ return 0; }}\n"));
        return ObjectSpec.Read(Clang.Compile(source)).Programs.ToDictionary(p => p.Section);
    }
}
