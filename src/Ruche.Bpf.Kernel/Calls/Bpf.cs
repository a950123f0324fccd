// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Kernel;

/// <summary>What a program can ask the kernel for.</summary>
public static unsafe partial class Bpf
{
    /// <summary>Whether a reference leads nowhere: a map has no such entry, a packet no such header.</summary>
    public static bool IsNull<T>(ref readonly T reference) => Unsafe.IsNullRef(in reference);

    /// <summary>Numbers from the first up to, but not including, the last, for <c>foreach</c>.</summary>
    public static NumberRange Range(uint start, uint end) => new(start, end);
}
