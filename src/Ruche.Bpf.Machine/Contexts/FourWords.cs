// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Machine.Contexts;

/// <summary>Four words: an IPv6 address in contexts.</summary>
[InlineArray(4)]
public struct FourWords
{
    private uint _first;
}
