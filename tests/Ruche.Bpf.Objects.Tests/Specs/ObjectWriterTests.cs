// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Objects.Linking;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Objects.Tests.Specs;

public sealed class ObjectWriterTests
{
    private const string Source = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        struct inner { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, int); __type(value, long); } one SEC(".maps"), two SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_HASH_OF_MAPS); __uint(max_entries, 3); __type(key, int); __array(values, struct inner); } outer SEC(".maps") = { .values = { [0] = &one, [2] = &two } };
        SEC("xdp") int leaf(struct xdp_md *ctx) { return 1; }
        struct { __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(max_entries, 8); __uint(key_size, 4); __array(values, int (void *)); } jumps SEC(".maps") = { .values = { [3] = (void *)&leaf } };
        extern int CONFIG_HZ __kconfig;
        extern const int bpf_prog_active __ksym __weak;
        static volatile long count;
        const volatile int limit = 3;
        int shown[4] = { 9 };
        struct seen { int a; struct seen *next; } __attribute__((preserve_access_index));
        static __attribute__((noinline)) int sub(int x) { return x + count; }
        __attribute__((noinline)) int global_sub(int x) { return sub(x) * shown[1]; }
        static long each(__u32 i, void *ctx) { return sub(i); }
        SEC("tc") int first(struct __sk_buff *skb) { long *v = bpf_map_lookup_elem(&one, &(int){ 0 }); if (v) count += *v; bpf_loop(3, each, 0, 0); return sub(limit) + global_sub(CONFIG_HZ); }
        SEC("?kprobe/x") int second(struct seen *s) { return s->next->a + (&bpf_prog_active ? bpf_prog_active : 0); }
        SEC("xdp") int root(struct xdp_md *ctx) { bpf_tail_call(ctx, &jumps, 3); return bpf_map_lookup_elem(&outer, &(int){0}) != 0; }
        char _license[] SEC("license") = "GPL";
        """;

    [Theory]
    [InlineData("bpfel")]
    [InlineData("bpfeb")]
    public void What_is_written_reads_as_the_same_object(string target)
    {
        var spec = ObjectSpec.Read(Clang.Compile(Source, $"--target={target}"), "round");

        var again = ObjectSpec.Read(spec.Write(), "round");

        AssertSame(spec, again);
        Assert.Equal(spec.Write(), spec.Write());
    }

    [Fact]
    public void Objects_of_debian_packages_survive_writing()
    {
        foreach (var (name, image) in RealObjects.All)
        {
            var spec = ObjectSpec.Read(image, name);
            if (spec.Externs.Any(e => e.Kind is ExternKind.Variable or ExternKind.Function)) continue;

            AssertSame(spec, ObjectSpec.Read(spec.Write(), name));
        }
    }

    [Fact]
    public void The_field_standard_opens_what_is_written()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("ruche-write-").FullName, "written.bpf.o");
        File.WriteAllBytes(path, ObjectSpec.Read(Clang.Compile(Source), "written").Write());

        var (exit, output) = Run("bpftool", "gen", "skeleton", path);

        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        Assert.True(exit == 0, output);
        Assert.Contains("struct bpf_program *first;", output, StringComparison.Ordinal);
        Assert.Contains("struct bpf_map *outer;", output, StringComparison.Ordinal);
        Assert.Contains("int shown[4];", output, StringComparison.Ordinal);
    }

    private static void AssertSame(ObjectSpec expected, ObjectSpec actual)
    {
        Assert.Equal((expected.Name, expected.ByteOrder, expected.License, expected.KernelVersion), (actual.Name, actual.ByteOrder, actual.License, actual.KernelVersion));
        Assert.Equal(
            expected.Programs.Select(p => (p.Name, p.Section, p.Type, p.AttachType, p.Attach, p.AttachTarget, p.AutoLoad)).Order(),
            actual.Programs.Select(p => (p.Name, p.Section, p.Type, p.AttachType, p.Attach, p.AttachTarget, p.AutoLoad)).Order());
        Assert.Equal(expected.Maps.Select(Shape).Order(StringComparer.Ordinal), actual.Maps.Select(Shape).Order(StringComparer.Ordinal));
        Assert.Equal(
            expected.Externs.Select(e => (e.Name, e.Kind, e.IsWeak, e.Offset, e.Size)).Order(),
            actual.Externs.Select(e => (e.Name, e.Kind, e.IsWeak, e.Offset, e.Size)).Order());
        foreach (var program in expected.Programs) AssertSameCode(program, expected, actual);
    }

    private static void AssertSameCode(ProgramSpec program, ObjectSpec expected, ObjectSpec actual)
    {
        var before = ProgramLinker.Link(program, expected);
        var after = ProgramLinker.Link(actual.Program(program.Name)!, actual);

        Assert.Equal(before.References.Select(r => $"{r}"), after.References.Select(r => $"{r}"));
        Assert.Equal(before.Functions, after.Functions);
        Assert.Equal(before.CoreRelocations, after.CoreRelocations);
        Assert.Equal(
            before.Lines.Select(l => (l.Slot, expected.Btf!.StringAt(l.Text), l.LineColumn)),
            after.Lines.Select(l => (l.Slot, actual.Btf!.StringAt(l.Text), l.LineColumn)));
        var waiting = before.References.Select(r => r.Slot).ToHashSet();
        for (int slot = 0; slot < before.Instructions.Length; slot++)
        {
            // What waits for the loader may hold anything until then.
            if (!waiting.Contains(slot)) Assert.Equal(before.Instructions[slot], after.Instructions[slot]);
        }
    }

    private static string Shape(MapSpec map) =>
        $"{map.Name} {map.Type} {map.KeySize} {map.ValueSize} {map.MaxEntries} {map.Flags} {map.Extra} {map.Pinning} {map.DataSection} "
        + $"{map.StructOps} {map.AutoCreate} {string.Join(',', map.Slots)} {Convert.ToHexString(map.Contents.AsSpan())} "
        + (map.Inner is null ? "" : Shape(map.Inner));

    private static (int Exit, string Output) Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{program} is not installed");
            throw;
        }
    }
}
