// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>A key of a <see cref="BpfLpmTrie{TKey, TValue}"/>: how many bits of the address count, and the address in network order.</summary>
/// <typeparam name="TAddress">The address, such as <see cref="IPv4Address"/>.</typeparam>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct LpmKey<TAddress>(uint prefixLength, TAddress address)
    where TAddress : unmanaged
{
    /// <summary>How many bits count; of a key that is looked for, all.</summary>
    public uint PrefixLength = prefixLength;

    /// <summary>The address.</summary>
    public TAddress Address = address;
}
