// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Relocation;

/// <summary>The outcome of one question: the object's own answer, the target's, and why there is none.</summary>
/// <param name="Path">What was asked about, in the object's types; null when the record does not fit them.</param>
/// <param name="Local">The object's answer, which the compiler put into the instruction.</param>
/// <param name="Target">The target's answer.</param>
/// <param name="FailureId">The diagnostic id of what is wrong; null when there is an answer.</param>
internal sealed record CoreResolution(CorePath? Path, CoreAnswer Local, CoreAnswer Target, string? FailureId)
{
    /// <summary>
    /// Whether a load or store would read the target's field wrongly. A differing size is harmless only where the upper bytes are zero:
    /// for pointers and unsigned integers.
    /// </summary>
    public bool IsWrongSize { get; init; }
}
