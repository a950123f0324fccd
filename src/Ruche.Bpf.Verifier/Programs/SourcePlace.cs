// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Bpf.Verifier.Programs;

/// <summary>A line of a program's source.</summary>
/// <param name="File">The file as the compiler named it.</param>
/// <param name="Line">The line, counting from one.</param>
/// <param name="Text">What it says.</param>
public sealed record SourcePlace(string File, int Line, string Text)
{
    /// <summary>The place as compilers write it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}");
}
