// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>Hashes of keys, of which the high bits are taken. The same in every run, so that maps are walked in the same order.</summary>
internal static class KeyHash
{
    // Odd, with about as many ones as zeros, and no pattern: 2^64 divided by the golden ratio.
    public const ulong Factor = 0x9e37_79b9_7f4a_7c15;

    // The same of 2^32, for short keys; the nearest prime.
    public const uint ShortFactor = 0x9e37_79b1;

    public const int Rotation = 23;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(uint key) => key * ShortFactor;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(ulong key) => (uint)((key ^ (key >> 32)) * Factor >> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(UInt128 key) => Of(Mix((ulong)key * Factor, (ulong)(key >> 64)));

    /// <summary>The same for the bytes of a key, whatever it is looked up as.</summary>
    public static uint Of(ReadOnlySpan<byte> key)
    {
        if (key.Length == sizeof(uint)) return Of(MemoryMarshal.Read<uint>(key));
        if (key.Length == sizeof(ulong)) return Of(MemoryMarshal.Read<ulong>(key));
        if (key.Length == sizeof(ulong) * 2) return Of(MemoryMarshal.Read<UInt128>(key));
        ulong hash = (ulong)key.Length;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(key)) hash = Mix(hash, word);
        return Of(Mix(hash, Rest(key)));
    }

    // The last word once more, or all there is.
    private static ulong Rest(ReadOnlySpan<byte> key)
    {
        if (key.Length >= sizeof(ulong)) return MemoryMarshal.Read<ulong>(key[^sizeof(ulong)..]);
        ulong rest = 0;
        for (int i = 0; i < key.Length; i++) rest |= (ulong)key[i] << (8 * i);
        return rest;
    }

    private static ulong Mix(ulong hash, ulong word) => (BitOperations.RotateLeft(hash, Rotation) ^ word) * Factor;
}
