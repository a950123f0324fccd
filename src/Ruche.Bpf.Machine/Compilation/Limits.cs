// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>For accesses of 1, 2, 4 and 8 bytes, at how many offsets from its start they lie within a region.</summary>
[InlineArray(Count)]
internal struct Limits
{
    private const int Count = 4;

    private ulong _first;

    public static Limits Of(ulong length)
    {
        Limits limits = default;
        for (int i = 0; i < Count; i++) limits[i] = length + 1 - Math.Min(1ul << i, length + 1);
        return limits;
    }
}
