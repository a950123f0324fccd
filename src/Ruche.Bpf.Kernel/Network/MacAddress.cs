// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Kernel;

/// <summary>The six bytes of an address on the link layer.</summary>
[InlineArray(6)]
public struct MacAddress
{
    private byte _first;
}
