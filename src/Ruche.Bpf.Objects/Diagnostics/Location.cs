// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Ruche.Bpf.Objects.Diagnostics;

/// <summary>Where a diagnostic points: a place in a binary image, in a text, or nowhere in particular.</summary>
public abstract record Location
{
    private Location()
    {
    }

    /// <summary>No particular place.</summary>
    public static Location Unknown { get; } = new Nowhere();

    /// <inheritdoc/>
    public sealed override string ToString() => this switch
    {
        Nowhere => "",
        Image x when x.Section is null => $"{x.File}+0x{x.Offset:x}",
        Image x => $"{x.File}:{x.Section}+0x{x.Offset:x}",
        Text x => $"{x.File}:{x.Line}:{x.Column}",
        _ => throw new UnreachableException($"no case for {GetType().Name}"),
    };

    /// <summary>No particular place.</summary>
    public sealed record Nowhere : Location;

    /// <summary>A byte in a binary image, counted from the start of the section when one is named, of the file otherwise.</summary>
    public sealed record Image(string File, string? Section, long Offset) : Location;

    /// <summary>A span in a text; line and column count from one.</summary>
    public sealed record Text(string File, int Line, int Column, int Length = 1) : Location;
}
