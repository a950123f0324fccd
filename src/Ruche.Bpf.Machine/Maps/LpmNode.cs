// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Numerics;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>
/// A prefix of a trie: a leaf, an entry with longer ones below it, or only the place where two part. What it stands for never changes;
/// readers follow it without a lock.
/// </summary>
/// <param name="length">How many bits count.</param>
/// <param name="bits">At least as many; the key as it was given, when the node is an entry.</param>
/// <param name="element">The value; null when the node is no entry.</param>
internal sealed unsafe class LpmNode(uint length, byte[] bits, Element* element)
{
    private const uint HeadBits = 32;

    // Most keys are addresses of four bytes, or part within as many: then a node is all that is looked at.
    private readonly uint _head = HeadOf(bits);
    private LpmNode? _zero;
    private LpmNode? _one;

    public uint Length => length;

    public byte[] Bits => bits;

    public Element* Element => element;

    public bool IsEntry => element != null;

    /// <summary>Where longer prefixes go on, by their next bit.</summary>
    public ref LpmNode? Below(bool bit) => ref bit ? ref _one : ref _zero;

    public LpmNode? Follow(bool bit) => Volatile.Read(ref Below(bit));

    /// <summary>How many leading bits of some bits are the same, and at most as many as count in both.</summary>
    public uint Match(ReadOnlySpan<byte> other, uint otherLength)
    {
        uint most = Math.Min(length, otherLength);
        uint same = (uint)BitOperations.LeadingZeroCount(_head ^ HeadOf(other));
        if (same < HeadBits || most <= HeadBits) return Math.Min(same, most);
        for (int at = sizeof(uint); (uint)at * 8 < most; at++)
        {
            int difference = bits[at] ^ other[at];
            if (difference != 0) return Math.Min(((uint)at * 8) + (uint)BitOperations.LeadingZeroCount((uint)difference << 24), most);
        }

        return most;
    }

    public static bool BitOf(ReadOnlySpan<byte> bits, uint bit) => (bits[(int)(bit / 8)] >> (int)(7 - (bit % 8)) & 1) != 0;

    private static uint HeadOf(ReadOnlySpan<byte> bits)
    {
        if (bits.Length >= sizeof(uint)) return BinaryPrimitives.ReadUInt32BigEndian(bits);
        uint head = 0;
        for (int i = 0; i < bits.Length; i++) head |= (uint)bits[i] << (24 - (8 * i));
        return head;
    }
}
