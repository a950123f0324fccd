// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Syntax;

/// <summary>A run of characters in a script, counted from its start.</summary>
internal readonly record struct SourceSpan(int Start, int Length)
{
    public int End => Start + Length;

    public static SourceSpan Between(int start, int end) => new(start, end - start);

    /// <summary>From the start of this to the end of another.</summary>
    public SourceSpan To(SourceSpan last) => Between(Start, last.End);
}
