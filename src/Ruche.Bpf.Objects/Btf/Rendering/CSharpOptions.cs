// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>What is rendered as C#, and where it goes.</summary>
public sealed record CSharpOptions
{
    /// <summary>The ids of the structs, unions and enumerations to render, with all they contain.</summary>
    public required ImmutableArray<int> Roots { get; init; }

    /// <summary>The namespace of the types.</summary>
    public string Namespace { get; init; } = "Vmlinux";
}
