// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Linking;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Tests.Specs;

public sealed class ExternReadingTests
{
    private const string Prelude = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>

        """;

    private const string Externs = Prelude + """
        enum libbpf_tristate_ { A };
        extern int LINUX_KERNEL_VERSION __kconfig;
        extern _Bool CONFIG_BPF __kconfig __weak;
        extern unsigned long CONFIG_HZ __kconfig __weak;
        extern char CONFIG_NAME[5] __kconfig __weak;
        extern const int bpf_prog_active __ksym;
        extern const void untyped __ksym __weak;
        extern int kfunc(int x) __ksym;
        extern int maybe(void) __ksym __weak;
        SEC("tc") int use(void *ctx) {
            long sum = LINUX_KERNEL_VERSION + CONFIG_BPF + CONFIG_HZ + CONFIG_NAME[1];
            sum += (long)&untyped + (long)&bpf_prog_active;
            if (maybe) sum += maybe();
            return kfunc(sum);
        }
        """;

    [Fact]
    public void Reads_configuration_symbols_and_functions_of_the_kernel()
    {
        var spec = ObjectSpec.Read(Clang.Compile(Externs));

        var externs = spec.Externs.ToDictionary(e => e.Name, e => (e.Kind, e.IsWeak, IsTyped: e.Type != 0, e.Offset, e.Size));
        Assert.Equal(8, externs.Count);
        Assert.Equal((ExternKind.Kconfig, true, true, 0, 8), externs["CONFIG_HZ"]);
        Assert.Equal((ExternKind.Kconfig, false, true, 8, 4), externs["LINUX_KERNEL_VERSION"]);
        Assert.Equal((ExternKind.Kconfig, true, true, 12, 1), externs["CONFIG_BPF"]);
        Assert.Equal((ExternKind.Kconfig, true, true, 13, 5), externs["CONFIG_NAME"]);
        Assert.Equal((ExternKind.KernelVariable, false, true, 0, 0), externs["bpf_prog_active"]);
        Assert.Equal((ExternKind.KernelVariable, true, false, 0, 0), externs["untyped"]);
        Assert.Equal((ExternKind.KernelFunction, false, true, 0, 0), externs["kfunc"]);
        Assert.Equal((ExternKind.KernelFunction, true, true, 0, 0), externs["maybe"]);
    }

    [Fact]
    public void Refers_to_externs_by_what_they_are()
    {
        var spec = ObjectSpec.Read(Clang.Compile(Externs));

        var linked = ProgramLinker.Link(spec.Programs[0], spec);

        Assert.Equal(
            [
                "KernelCall kfunc", "KernelCall maybe", "KernelVariable bpf_prog_active", "KernelVariable maybe", "KernelVariable untyped",
                "MapValue .kconfig", "MapValue .kconfig", "MapValue .kconfig", "MapValue .kconfig",
            ],
            linked.References.Select(r => $"{r.GetType().Name} {r.Target}").Order(StringComparer.Ordinal));
        Assert.Equal([0, 8, 12, 13], linked.References.OfType<Reference.MapValue>().Select(r => r.Offset).Order());
    }

    [Fact]
    public void Configuration_values_are_a_frozen_map_with_its_layout_in_the_types()
    {
        var spec = ObjectSpec.Read(Clang.Compile(Externs));

        var map = Assert.Single(spec.Maps);
        Assert.Equal((".kconfig", DataSectionKind.Kconfig, 18, MapFlags.ReadOnlyProgram), (map.Name, map.DataSection, map.ValueSize, map.Flags));
        var section = Assert.IsType<BtfType.DataSection>(spec.Btf![map.ValueType]);
        Assert.Equal(18, section.Size);
        Assert.Equal([0, 8, 12, 13], section.Variables.Select(v => v.Offset));
        Assert.Equal(spec.Globals["CONFIG_BPF"], new GlobalSpec("CONFIG_BPF", ".kconfig", 12, 1, spec.Externs.Single(e => e.Name == "CONFIG_BPF").Type));
    }

    [Fact]
    public void What_another_object_must_define_is_said_when_linking()
    {
        const string Source = Prelude + """
            extern int shared_count;
            extern int elsewhere(int x);
            SEC("tc") int calls(void *ctx) { return elsewhere(3); }
            SEC("tc") int reads(void *ctx) { return shared_count; }
            """;
        foreach (string debug in (string[])["-g", "-g0"])
        {
            var spec = ObjectSpec.Read(Clang.Compile(Source, debug));

            Assert.Equal([(ExternKind.Variable, "shared_count"), (ExternKind.Function, "elsewhere")], spec.Externs.Select(e => (e.Kind, e.Name)).Order());
            ProgramLinker.TryLink(spec.Program("calls")!, spec, out _, out var missingFunction);
            Assert.Equal("RU3401", Assert.Single(missingFunction.Items).Id);
            ProgramLinker.TryLink(spec.Program("reads")!, spec, out _, out var missingVariable);
            Assert.Equal("RU3402", Assert.Single(missingVariable.Items).Id);
        }
    }

    [Fact]
    public void Struct_ops_maps_hold_their_data_and_callbacks()
    {
        const string Source = Prelude + """
            struct tcp_ops___local { int (*init)(void *); unsigned flags; void (*release)(void *); char name[16]; };
            SEC("struct_ops/init") int my_init(void *ctx) { return 0; }
            SEC("?struct_ops") void my_release(void *ctx) { }
            SEC(".struct_ops") struct tcp_ops___local plain = { .flags = 7, .name = "plain" };
            SEC(".struct_ops.link") struct tcp_ops___local linked = { .init = my_init, .release = my_release, .name = "bee" };
            SEC("?.struct_ops.link") struct tcp_ops___local asleep = { .init = my_init };
            """;

        var spec = ObjectSpec.Read(Clang.Compile(Source));

        Assert.All(spec.Maps, m => Assert.Equal((MapType.StructOps, "tcp_ops", 40, 1u), (m.Type, m.StructOps, m.ValueSize, m.MaxEntries)));
        Assert.Equal([("plain", false, true), ("linked", true, true), ("asleep", true, false)],
            spec.Maps.Select(m => (m.Name, m.IsLinkedStructOps, m.AutoCreate)));
        Assert.Equal([new(0, "my_init"), new(16, "my_release")], spec.Map("linked")!.Slots);
        Assert.Equal(7, spec.Map("plain")!.Contents[8]);
        Assert.Equal("bee"u8, spec.Map("linked")!.Contents.AsSpan().Slice(24, 3));
        Assert.Equal((ProgramType.StructOps, "init"), (spec.Program("my_init")!.Type, spec.Program("my_init")!.AttachTarget));
    }
}
