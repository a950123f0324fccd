// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.KernelTypes;

/// <summary>What was found at an offset of an object.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Owner">The innermost struct that has the field.</param>
/// <param name="Field">The field's name.</param>
/// <param name="Type">What a pointer points to.</param>
/// <param name="Flags">What the types say about a pointer.</param>
/// <param name="Refusal">Why nothing may be accessed there.</param>
internal readonly record struct FieldWalkResult(
    FieldWalkKind Kind, int Owner = 0, string Field = "", int Type = 0, ValueFlags Flags = ValueFlags.None, string? Refusal = null);
