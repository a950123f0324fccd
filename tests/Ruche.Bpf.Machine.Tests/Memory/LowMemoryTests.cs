// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Memory;

namespace Ruche.Bpf.Machine.Tests.Memory;

public sealed unsafe class LowMemoryTests
{
    [Fact]
    public void Every_piece_is_clear_has_a_place_of_its_own_and_ends_below_four_gigabytes()
    {
        Assert.SkipUnless(LowMemory.IsSupported, "only Linux gives memory below four gigabytes");
        int[] lengths = [1, 1 << 16, (1 << 16) + 1, 1 << 20, 1 << 26, .. Enumerable.Repeat(1 << 12, 200)];

        LowMemory[] pieces = [.. lengths.Select(length => new LowMemory(length))];

        foreach (var (index, piece) in pieces.Index())
        {
            Assert.InRange(piece.Start + (ulong)piece.Length, 1ul, 1ul << 32);
            Span<byte> bytes = new((void*)piece.Start, piece.Length);
            // Another piece in the same place would not be clear any more.
            Assert.False(bytes.ContainsAnyExcept((byte)0));
            bytes.Fill((byte)(index + 1));
        }

        GC.KeepAlive(pieces);
    }

    [Fact]
    public void Places_are_found_again_when_all_have_been_taken_once()
    {
        Assert.SkipUnless(LowMemory.IsSupported, "only Linux gives memory below four gigabytes");
        const int Length = 1 << 28;
        // More than there is, one after the other; the first piece is kept and stays what it is.
        LowMemory first = new(Length);
        *(byte*)first.Start = 7;

        for (int i = 0; i < 40; i++)
        {
            TakeOne(first);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(7, *(byte*)first.Start);
        GC.KeepAlive(first);

        static void TakeOne(LowMemory first)
        {
            LowMemory other = new(Length);
            Assert.NotEqual(first.Start, other.Start);
            *(byte*)other.Start = 1;
        }
    }
}
