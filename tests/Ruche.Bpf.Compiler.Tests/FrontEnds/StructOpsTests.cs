// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.FrontEnds.CSharp;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Tests;
using Ruche.Bpf.Verifier;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Compiler.Tests.FrontEnds;

/// <summary>Tables of functions that C# declares: what the object says of them is what the loader, libbpf and the kernel take.</summary>
public sealed class StructOpsTests : KernelTest
{
    private const string Available = "/proc/sys/net/ipv4/tcp_available_congestion_control";

    private const string Types = """
        [KernelType("struct sock")] public struct sock;

        [KernelType("struct tcp_sock")] public struct tcp_sock { public uint snd_cwnd, srtt_us; }

        [KernelType("struct tcp_congestion_ops")]
        public struct tcp_congestion_ops
        {
            public delegate*<sock*, uint> ssthresh;
            public delegate*<sock*, uint, uint, void> cong_avoid;
            public delegate*<sock*, uint> undo_cwnd;
            public uint flags;
            public Text16 name;
        }

        """;

    private const string Programs = """
        [StructOps] static uint Ssthresh(sock* socket) => ((tcp_sock*)socket)->snd_cwnd / 2;
        [StructOps] static void CongAvoid(sock* socket, uint answered, uint packets) => ((tcp_sock*)socket)->snd_cwnd += packets;
        [StructOps("undo_cwnd", Name = "goes_back")] static uint Undo(in sock socket) => 10;

        """;

    [Fact]
    public void A_table_holds_its_values_and_refers_to_its_programs()
    {
        var spec = Read(Types + Programs + """
            [BpfMap(Flags = MapFlags.Link), StructOpsValue("name", "ruche_one"), StructOpsValue("flags", 2)] static readonly BpfStructOps<tcp_congestion_ops> One;
            """);

        var map = spec.Maps.Single(m => m.Type is MapType.StructOps);
        Assert.Equal(("One", ".struct_ops.link", "tcp_congestion_ops", true, 48), (map.Name, map.Section, map.StructOps, map.IsLinkedStructOps, map.ValueSize));
        Assert.Equal([new(0, "ssthresh"), new(8, "cong_avoid"), new(16, "goes_back")], map.Slots);
        Assert.Equal($"{new string('0', 48)}02000000{Convert.ToHexStringLower("ruche_one"u8)}{new string('0', 22)}", Convert.ToHexStringLower(map.Contents.AsSpan()));
        Assert.All(spec.Programs, p => Assert.Equal(ProgramType.StructOps, p.Type));
        var member = ((BtfType.Composite)spec.Btf![map.ValueType]).Members.Single(m => m.Name == "cong_avoid");
        var function = Assert.IsType<BtfType.FunctionPrototype>(spec.Btf[((BtfType.Pointer)spec.Btf[member.Type]).Target]);
        Assert.Equal((0, 3), (function.Return, function.Parameters.Length));
    }

    [Fact]
    public void Tables_share_the_programs_that_are_for_no_single_one()
    {
        var spec = Read(Types + """
            [BpfMap, StructOpsValue("name", "ruche_one")] static readonly BpfStructOps<tcp_congestion_ops> One;
            [BpfMap(Name = "other"), StructOpsValue("name", "ruche_two")] static readonly BpfStructOps<tcp_congestion_ops> Two;
            [StructOps] static uint Ssthresh(sock* socket) => 2;
            [StructOps("undo_cwnd", Table = "One")] static uint UndoOne(sock* socket) => 1;
            [StructOps("undo_cwnd", Table = "other")] static uint UndoTwo(sock* socket) => 2;
            """);

        var tables = spec.Maps.Where(m => m.Type is MapType.StructOps).ToDictionary(m => m.Name);
        Assert.Equal([new(0, "ssthresh"), new(16, "undo_one")], tables["One"].Slots);
        Assert.Equal([new(0, "ssthresh"), new(16, "undo_two")], tables["other"].Slots);
        Assert.All(tables.Values, t => Assert.Equal((".struct_ops", false), (t.Section, t.IsLinkedStructOps)));
        Assert.Equal("ruche_two"u8, tables["other"].Contents.AsSpan().Slice(28, 9));
    }

    [Theory]
    [InlineData("snd_cwnd", true)]
    [InlineData("srtt_us", false)]
    public void The_verifier_knows_the_member_that_a_program_is(string written, bool isAccepted)
    {
        var spec = Read(Types + $$"""
            [BpfMap] static readonly BpfStructOps<tcp_congestion_ops> One;
            [StructOps] static void CongAvoid(sock* socket, uint answered, uint packets) => ((tcp_sock*)socket)->{{written}} += packets;
            """);
        var kernel = BtfSpec.Read(File.ReadAllBytes("/sys/kernel/btf/vmlinux"));

        var program = new ProgramReader(spec, kernel).Read(spec.Programs.Single());

        Assert.Equal("tcp_congestion_ops:cong_avoid", program.AttachTarget);
        Assert.Equal(isAccepted, ProgramVerifier.Verify(program, new() { KernelTypes = kernel }).IsAccepted);
    }

    [Fact]
    public void The_kernel_has_the_table_while_it_is_attached()
    {
        Since(6, 4, "links of struct_ops maps");
        var spec = Read(Types + Programs + """
            [BpfMap(Flags = MapFlags.Link), StructOpsValue("name", "ruche_linked")] static readonly BpfStructOps<tcp_congestion_ops> One;
            """);

        using (var loaded = BpfObject.Open(spec).Load())
        {
            loaded.Attach();
            Assert.Contains("ruche_linked", File.ReadAllText(Available), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("ruche_linked", File.ReadAllText(Available), StringComparison.Ordinal);
    }

    [Fact]
    public void Bpftool_registers_the_table()
    {
        Assert.SkipUnless(Shell.TryRun("bpftool", "version"), "bpftool is not installed");
        string file = Path.Combine(Directory.CreateTempSubdirectory("ruche-struct-ops-").FullName, "table.bpf.o");
        File.WriteAllBytes(file, Compile(Types + Programs + """
            [BpfMap, StructOpsValue("name", "ruche_tool")] static readonly BpfStructOps<tcp_congestion_ops> RucheTable;
            """).Write());

        try
        {
            Shell.Run("bpftool", "struct_ops", "register", file);

            Assert.Contains("ruche_tool", File.ReadAllText(Available), StringComparison.Ordinal);
        }
        finally
        {
            Shell.TryRun("bpftool", "struct_ops", "unregister", "name", "RucheTable");
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    private static ObjectSpec Read(string members) => ObjectSpec.Read(Compile(members).Write(), "table");

    private static ObjectSpec Compile(string members)
    {
        DiagnosticBag diagnostics = new();
        var modules = CSharpCompiler.Read(CSharpBuild.Build("Table", "Table.cs", $"[BpfObject]\npublic static unsafe class Table\n{{\n{members}\n}}\n"), CSharpBuild.References, diagnostics);
        Assert.True(diagnostics.Items.Count == 0, string.Join('\n', diagnostics.Items));
        return BpfCompiler.Compile(Assert.Single(modules));
    }
}
