// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Kernel;

/// <summary>Where the arguments of a place are.</summary>
[InlineArray(Capacity)]
internal struct UsdtArgumentSpecs
{
    internal const int Capacity = 12;

    private UsdtArgumentSpec _first;
}
