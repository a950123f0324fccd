// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Kernel;

/// <summary>Four words about what happens to a connection.</summary>
[InlineArray(4)]
public struct SockOpsWords
{
    private uint _first;
}
