// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Contexts;

/// <summary>What an access to a context comes to.</summary>
public readonly record struct ContextAnswer
{
    /// <summary>Whether it is allowed.</summary>
    public bool IsAllowed => Refusal is null;

    /// <summary>What a load gives.</summary>
    public ValueKind Kind { get; init; }

    /// <summary>What is known about a loaded pointer.</summary>
    public ValueFlags Flags { get; init; }

    /// <summary>The name of the kernel's type of a loaded <see cref="ValueKind.Btf"/> pointer.</summary>
    public string? TypeName { get; init; }

    /// <summary>Whether a loaded number is sign-extended or has a range of its own: its least and greatest value.</summary>
    public (long Least, long Greatest)? Range { get; init; }

    /// <summary>Why the access is refused, in words for a person: "`data` can only be read as 4 bytes".</summary>
    public string? Refusal { get; init; }

    /// <summary>The field that was meant, for explanations.</summary>
    public string? Field { get; init; }

    /// <summary>A load of a number.</summary>
    public static ContextAnswer Number(string? field = null) => new() { Kind = ValueKind.Scalar, Field = field };

    /// <summary>A refusal.</summary>
    public static ContextAnswer Refused(string reason, string? field = null) => new() { Refusal = reason, Field = field };
}
