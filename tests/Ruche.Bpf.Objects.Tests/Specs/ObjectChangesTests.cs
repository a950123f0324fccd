// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Objects.Tests.Specs;

public sealed class ObjectChangesTests
{
    private const string Source = """
        const volatile int limit = 42;
        volatile long count;
        volatile char label[8] = "bee";
        struct { int (*type)[2]; int (*max_entries)[4]; int *key; long *value; } numbers __attribute__((section(".maps")));
        __attribute__((section("xdp"))) int pass(void *ctx) { count += limit; return label[0]; }
        """;

    [Theory]
    [InlineData("bpfel", new byte[] { 7, 0, 0, 0 })]
    [InlineData("bpfeb", new byte[] { 0, 0, 0, 7 })]
    public void A_global_takes_a_number_in_the_objects_byte_order(string target, byte[] expected)
    {
        var spec = ObjectSpec.Read(Clang.Compile(Source, $"--target={target}"));

        var changed = spec.WithGlobal("limit", 7);

        Assert.Equal(expected, changed.Map(".rodata")!.Contents);
        Assert.NotEqual(expected, spec.Map(".rodata")!.Contents);
    }

    [Fact]
    public void A_global_of_zeros_gets_contents()
    {
        var changed = ObjectSpec.Read(Clang.Compile(Source)).WithGlobal("count", 5L).WithGlobal("label", "ant"u8);

        Assert.Equal([5, 0, 0, 0, 0, 0, 0, 0], changed.Map(".bss")!.Contents);
        Assert.Equal("ant\0\0\0\0\0"u8, changed.Map(".data")!.Contents.AsSpan());
    }

    [Fact]
    public void Maps_and_programs_change_by_name()
    {
        var changed = ObjectSpec.Read(Clang.Compile(Source))
            .WithMap("numbers", m => m with { MaxEntries = 99 })
            .WithProgram("pass", p => p with { AutoLoad = false });

        Assert.Equal(99u, changed.Map("numbers")!.MaxEntries);
        Assert.False(changed.Program("pass")!.AutoLoad);
    }

    [Fact]
    public void Names_that_do_not_exist_are_refused_with_those_that_do()
    {
        var spec = ObjectSpec.Read(Clang.Compile(Source), "bee");

        Assert.Contains("it has count, label, limit", Assert.Throws<ArgumentException>(() => spec.WithGlobal("none", 1)).Message, StringComparison.Ordinal);
        Assert.Contains("has 4 bytes, Int64 has 8", Assert.Throws<ArgumentException>(() => spec.WithGlobal("limit", 1L)).Message, StringComparison.Ordinal);
        Assert.Contains("has 8 bytes, the value has 9", Assert.Throws<ArgumentException>(() => spec.WithGlobal("label", "too long"u8.ToArray().Append((byte)0).ToArray())).Message, StringComparison.Ordinal);
        Assert.Contains("it has numbers", Assert.Throws<ArgumentException>(() => spec.WithMap("none", m => m)).Message, StringComparison.Ordinal);
        Assert.Contains("it has pass", Assert.Throws<ArgumentException>(() => spec.WithProgram("none", p => p)).Message, StringComparison.Ordinal);
    }
}
