// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>R1 to R5.</summary>
[InlineArray(5)]
internal struct HelperArguments
{
    private ulong _first;
}
