// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Maps;

/// <summary>A key of a longest-prefix map: how many leading bits count, and the bits in network order.</summary>
/// <typeparam name="TAddress">The bits: an IPv4 address as <c>uint</c>, an IPv6 address as 16 bytes, …</typeparam>
/// <param name="PrefixLength">How many leading bits of <paramref name="Address"/> count.</param>
/// <param name="Address">The bits, the first byte in memory first.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct LpmKey<TAddress>(uint PrefixLength, TAddress Address)
    where TAddress : unmanaged;
