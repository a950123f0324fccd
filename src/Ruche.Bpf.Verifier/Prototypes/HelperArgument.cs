// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Prototypes;

/// <summary>One argument of a helper.</summary>
/// <param name="Kind">What it must be.</param>
/// <param name="Flags">What else is said about it.</param>
/// <param name="Size">Bytes of memory of a fixed size; 0 otherwise.</param>
/// <param name="TypeName">The name of the kernel's type, for <see cref="ArgumentKind.Btf"/>; the kind of dynptr ("local", "ringbuf"), for
/// <see cref="ArgumentKind.DynamicPointer"/>; null when any will do.</param>
public readonly record struct HelperArgument(ArgumentKind Kind, ArgumentFlags Flags = ArgumentFlags.None, int Size = 0, string? TypeName = null);
