// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Kernel;

/// <summary>Words that a hook hands over, such as a raw trace point's arguments. The kernel refuses programs that read one that is not there.</summary>
[InlineArray(12)]
public struct WordsContext
{
    private ulong _first;
}
