// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Programs;

/// <summary>A line of a program's source.</summary>
/// <param name="File">The file as the compiler saw it; empty when unknown.</param>
/// <param name="Line">The line, counting from one; 0 when unknown.</param>
/// <param name="Text">The line's text, trimmed.</param>
public sealed record SourceLine(string File, int Line, string Text)
{
    /// <summary>Renders <c>file.c:12</c>, without directories.</summary>
    public string Place => Line > 0 ? $"{Path.GetFileName(File)}:{Line}" : Path.GetFileName(File);
}
