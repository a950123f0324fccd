// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Kernel;

/// <summary>The six bytes of an address on the link layer.</summary>
[InlineArray(6)]
public struct MacAddress
{
    private byte _first;

    /// <summary>Whether it is for all: ff:ff:ff:ff:ff:ff.</summary>
    public readonly bool IsBroadcast => (this[0] & this[1] & this[2] & this[3] & this[4] & this[5]) == 0xff;

    /// <summary>Whether it is for many, or for all.</summary>
    public readonly bool IsMulticast => (this[0] & 1) != 0;

    /// <summary>An address of six bytes.</summary>
    public static MacAddress Of(byte a, byte b, byte c, byte d, byte e, byte f)
    {
        MacAddress address = default;
        address[0] = a;
        address[1] = b;
        address[2] = c;
        address[3] = d;
        address[4] = e;
        address[5] = f;
        return address;
    }

    /// <summary>Whether another is the same.</summary>
    public readonly bool IsSame(in MacAddress other) =>
        this[0] == other[0] && this[1] == other[1] && this[2] == other[2] && this[3] == other[3] && this[4] == other[4] && this[5] == other[5];

    /// <summary>The address as people write it, for user space.</summary>
    public readonly override string ToString() => $"{this[0]:x2}:{this[1]:x2}:{this[2]:x2}:{this[3]:x2}:{this[4]:x2}:{this[5]:x2}";
}
