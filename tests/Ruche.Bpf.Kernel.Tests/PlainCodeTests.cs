// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Kernel.Tests;

/// <summary>What is C# in a process as well.</summary>
public sealed class PlainCodeTests
{
    [Fact]
    public void A_range_gives_each_number_once()
    {
        List<uint> numbers = [];

        foreach (uint i in Bpf.Range(3, 7)) numbers.Add(i);
        foreach (uint i in Bpf.Range(7, 3)) numbers.Add(i);

        Assert.Equal([3u, 4u, 5u, 6u], numbers);
    }

    [Fact]
    public void Text_ends_at_its_zero()
    {
        Text16 text = default;
        "bash"u8.CopyTo(text.AsSpan());

        Assert.Equal(4, text.Length);
        Assert.True(text.Is("bash"u8));
        Assert.True(text.StartsWith("ba"u8));
        Assert.False(text.Is("ba"u8));
        Assert.False(text.Is("bash2"u8));
    }

    [Fact]
    public void Text_may_fill_its_room()
    {
        Text16 text = default;
        text.AsSpan().Fill((byte)'x');

        Assert.Equal(16, text.Length);
    }

    [Fact]
    public void A_null_reference_leads_nowhere()
    {
        int here = 1;

        Assert.False(Bpf.IsNull(ref here));
        Assert.True(Bpf.IsNull(ref Unsafe.NullRef<int>()));
    }

    [Fact]
    public void Registers_are_arguments_in_the_order_of_the_calling_convention()
    {
        PtRegs[] registers = new PtRegs[1];
        Span<ulong> words = System.Runtime.InteropServices.MemoryMarshal.Cast<PtRegs, ulong>(registers.AsSpan());
        for (int i = 0; i < words.Length; i++) words[i] = (ulong)i;

        Assert.Equal([14ul, 13, 12, 11, 9, 8], Enumerable.Range(0, 6).Select(i => registers[0].Argument(i)));
        Assert.Equal(7ul, registers[0].SystemCallArgument(3));
        Assert.Equal((10ul, 16ul, 19ul), (registers[0].ReturnValue, registers[0].InstructionPointer, registers[0].StackPointer));
    }

    [Fact]
    public void A_call_in_a_process_says_what_is_wrong()
    {
        var error = Assert.Throws<NotSupportedException>(() => Bpf.KtimeGetNs());

        Assert.Contains("kernel programs only", error.Message, StringComparison.Ordinal);
    }
}
