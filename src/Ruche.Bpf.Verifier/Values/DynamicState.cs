// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Values;

/// <summary>What lies on the stack where the kernel keeps something for the program: a dynptr, an iterator, saved interrupt flags.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Which one; what was taken from it carries the number.</param>
/// <param name="IsFirst">Whether this slot is the first of those it takes.</param>
/// <param name="Depth">Of an iterator: how many rounds it has gone on this path.</param>
/// <param name="IsDrained">Of an iterator: whether it has ended.</param>
/// <param name="TypeName">Of an iterator: the kernel's type, such as <c>bpf_iter_num</c>.</param>
/// <param name="IsReadOnly">Of a dynptr: whether it may only be read.</param>
internal sealed record DynamicState(DynamicKind Kind, int Id, bool IsFirst, int Depth = 0, bool IsDrained = false, string? TypeName = null, bool IsReadOnly = false);
