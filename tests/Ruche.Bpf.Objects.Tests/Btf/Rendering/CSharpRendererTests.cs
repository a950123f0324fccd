// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Btf.Rendering;

namespace Ruche.Bpf.Objects.Tests.Btf.Rendering;

public sealed class CSharpRendererTests
{
    private static readonly string[] Everyday =
        ["task_struct", "sock", "sk_buff", "file", "inode", "mm_struct", "request", "bio", "bpf_attr", "pt_regs", "iphdr", "tcphdr", "net_device", "perf_event_attr"];

    [Fact]
    public void Structs_of_the_kernel_compile_to_their_sizes()
    {
        var kernel = BtfSamples.OpenKernel();
        var chosen = Roots(kernel, 200);

        var assembly = CompiledSource.Load(CSharpRenderer.Render(kernel, new() { Roots = [.. chosen.Select(c => c.Id)] }));

        var sizes = assembly.GetTypes().Where(t => t.IsValueType && !t.IsEnum && !t.IsGenericType && !t.IsNested).ToDictionary(t => t.Name, SizeOf);
        Assert.True(sizes.Count > chosen.Length);
        Assert.All(chosen, c => Assert.Equal(Math.Max(1, kernel.SizeOf(c.Id)), sizes[CSharpNames.Pascal(c.Name)]));
    }

    [Fact]
    public void Fields_read_what_the_compiler_laid_out()
    {
        const string Source = """
            enum color { RED, GREEN = 7 };
            struct sample {
                unsigned pid; char comm[16]; _Bool on; enum color color; struct { short x; union { short y; unsigned char z[2]; }; };
                int a : 3; unsigned b : 7; unsigned long long c : 40; struct { int low; long high; } inner[2]; void *where; enum { ONE = 1 } own;
            };
            struct sample value __attribute__((section(".data"))) = {
                .pid = 42, .comm = "bash", .on = 1, .color = GREEN, .x = -5, .y = 0x1234, .a = -2, .b = 100, .c = 0x123456789aull,
                .inner = { { 1, 2 }, { 3, 4 } }, .where = (void *)0xffff0000, .own = ONE,
            };
            __attribute__((section("xdp"), used)) int program(void *context) { return 0; }
            """;
        var sample = BtfSamples.Compile(Source);
        var spec = BtfSpec.Read(sample.Btf);
        spec.TryFind<BtfType.Composite>("sample", out int id);
        byte[] start = [42, 0, 0, 0, .. "bash"u8];
        byte[] bytes = sample.Elf[sample.Elf.AsSpan().IndexOf(start)..];

        var type = CompiledSource.Load(CSharpRenderer.Render(spec, new() { Roots = [id], Namespace = "Test.It" })).GetType("Test.It.Sample")!;
        object value = Marshalled(type, bytes);

        Assert.Equal(42u, type.GetField("Pid")!.GetValue(value));
        Assert.Equal(true, type.GetProperty("On")!.GetValue(value));
        Assert.Equal("Green", type.GetField("Color")!.GetValue(value)!.ToString());
        Assert.Equal((short)-5, type.GetField("X")!.GetValue(value));
        Assert.Equal((short)0x1234, type.GetField("Y")!.GetValue(value));
        Assert.Equal(-2, type.GetProperty("A")!.GetValue(value));
        Assert.Equal(100u, type.GetProperty("B")!.GetValue(value));
        Assert.Equal(0x123456789aul, type.GetProperty("C")!.GetValue(value));
        Assert.Equal(0xffff0000ul, type.GetField("Where")!.GetValue(value));
        Assert.Equal("One", type.GetField("Own")!.GetValue(value)!.ToString());
        type.GetProperty("A")!.SetValue(value, 1);
        Assert.Equal(1, type.GetProperty("A")!.GetValue(value));
        Assert.Equal(100u, type.GetProperty("B")!.GetValue(value));
    }

    [Theory]
    [InlineData("task_struct", "TaskStruct")]
    [InlineData("BPF_MAP_TYPE_HASH", "BpfMapTypeHash")]
    [InlineData("__sk_buff", "SkBuff")]
    [InlineData("sk_buff___2", "SkBuff2")]
    [InlineData("inUse", "InUse")]
    [InlineData("9p", "_9p")]
    public void Names_stay_recognisable(string c, string expected) => Assert.Equal(expected, CSharpNames.Pascal(c));

    private static (int Id, string Name)[] Roots(BtfSpec kernel, int random)
    {
        Random dice = new(7);
        int[] structs = [.. kernel.IdsOf(BtfKind.Struct).Where(id => kernel.NameOf(id) is { Length: > 3 } name && kernel.Find(name).Count() == 1)];
        dice.Shuffle(structs);
        var names = Everyday.Concat(structs.Take(random).Select(kernel.NameOf)).Distinct();
        return [.. from name in names let id = Found(kernel, name) where id > 0 select (id, name)];
    }

    private static int Found(BtfSpec kernel, string name) => kernel.TryFind<BtfType.Composite>(name, out int id) ? id : 0;

    private static int SizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static object Marshalled(Type type, byte[] bytes) =>
        typeof(CSharpRendererTests).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, [bytes])!;

    private static object Read<T>(byte[] bytes)
        where T : unmanaged => MemoryMarshal.Read<T>(bytes);
}
