// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Kernel;

/// <summary>Five words that travel with a packet.</summary>
[InlineArray(5)]
public struct ControlWords
{
    private uint _first;
}
