// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Tests.Btf;

public sealed class BtfSpecTests
{
    public static TheoryData<string> Targets => BtfSamples.Targets;

    [Theory]
    [MemberData(nameof(Targets))]
    public void Finds_types_of_both_byte_orders_by_name(string target)
    {
        var spec = BtfSpec.Read(BtfSamples.Compile(target: target).Btf);

        Assert.True(spec.TryFind<BtfType.Composite>("event", out int id));
        var type = (BtfType.Composite)spec[id];
        Assert.Equal(target == "bpfel" ? ByteOrder.Little : ByteOrder.Big, spec.ByteOrder);
        Assert.Equal(spec.SizeOf(id), type.Size);
        Assert.Equal(["pid", "comm", "entries", "w", "color", "at", "call", "bits", "l", "ratio"], type.Members.Select(m => m.Name));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Names_types_as_C_does(string target)
    {
        var spec = BtfSpec.Read(BtfSamples.Compile(target: target).Btf);
        spec.TryFind<BtfType.Composite>("event", out int id);

        var names = ((BtfType.Composite)spec[id]).Members.Select(m => spec.TypeNameOf(m.Type));

        Assert.Equal(
            ["u32", "char[16]", "struct list[2]", "union word", "enum color", "struct (anonymous)",
             "int (*)(struct event *, ...)", "struct bits", "struct later *", "double"], names);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Reads_bit_fields_and_signed_enumerators(string target)
    {
        var spec = BtfSpec.Read(BtfSamples.Compile(target: target).Btf);
        spec.TryFind<BtfType.Composite>("bits", out int bits);
        spec.TryFind<BtfType.Enum>("color", out int color);

        var sizes = ((BtfType.Composite)spec[bits]).Members.Select(m => m.BitSize);
        var values = ((BtfType.Enum)spec[color]).Values;

        Assert.Equal([3, 7, 40, 1, 0], sizes);
        Assert.Equal(["RED", "GREEN", "BLUE"], values.Select(v => v.Name));
        Assert.Equal(uint.MaxValue, (uint)values[2].Value);
    }

    [Fact]
    public void Alignment_is_that_of_the_most_aligned_member_and_one_when_packed()
    {
        var spec = BtfSpec.Read(BtfSamples.Compile().Btf);
        spec.TryFind<BtfType.Composite>("event", out int whole);
        spec.TryFind<BtfType.Composite>("packed", out int packed);

        Assert.Equal(8, spec.AlignmentOf(whole));
        Assert.Equal(1, spec.AlignmentOf(packed));
    }

    [Fact]
    public void Resolve_sees_through_typedefs_and_modifiers()
    {
        var spec = BtfSpec.Read(BtfSamples.Compile().Btf);
        spec.TryFind<BtfType.Variable>("limit", out int limit);

        int type = ((BtfType.Variable)spec[limit]).Target;

        Assert.Equal("u32", spec.NameOf(spec.SkipModifiers(type)));
        Assert.Equal("unsigned int", spec.NameOf(spec.Resolve(type)));
        Assert.Equal("const volatile u32", spec.TypeNameOf(type));
        Assert.Equal(4, spec.SizeOf(limit));
    }

    [Fact]
    public void Truncated_images_are_refused_with_an_id()
    {
        byte[] image = BtfSamples.Compile().Btf;

        for (int length = 0; length < image.Length; length += 7)
        {
            DiagnosticBag bag = new();
            Assert.False(BtfSpec.TryRead(image.AsMemory(0, length), bag, out _));
            Assert.All(bag.Items, d => Assert.StartsWith("RU31", d.Id, StringComparison.Ordinal));
            Assert.True(bag.HasErrors);
        }
    }

    [Fact]
    public void An_id_outside_the_set_is_an_invalid_object()
    {
        var spec = BtfSpec.Read(BtfSamples.Compile().Btf);

        var error = Assert.Throws<InvalidObjectException>(() => spec[spec.Count]);

        Assert.Equal("RU3105", Assert.Single(error.Diagnostics).Id);
        Assert.Throws<InvalidObjectException>(() => spec[-1]);
    }

    [Fact]
    public void Opening_the_kernel_and_finding_a_type_stays_within_its_budget()
    {
        BtfSamples.OpenKernel().TryFind<BtfType.Composite>("task_struct", out _);
        byte[] image = File.ReadAllBytes(BtfSamples.KernelPath);
        var best = TimeSpan.MaxValue;
        long allocated = 0;

        for (int round = 0; round < 10; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            Assert.True(BtfSpec.Read(image).TryFind<BtfType.Composite>("task_struct", out _));
            var elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed < best) best = elapsed;
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{best.TotalMilliseconds:F2} ms, {allocated / 1e6:F2} MB");
        Assert.True(image.Length + allocated < 13_000_000, $"{image.Length + allocated} bytes");
    }
}
