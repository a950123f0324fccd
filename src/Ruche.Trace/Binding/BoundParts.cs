// SPDX-License-Identifier: MIT
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Binding;

/// <summary>What became of the expressions of a script, by their places in its text. Where several have one place, the last counts.</summary>
internal sealed class BoundParts
{
    private readonly List<Part> _parts = [];

    public void Clear() => _parts.Clear();

    public void Add(SourceSpan span, BoundExpression bound) => _parts.Add(new(span, bound));

    /// <summary>What became of the expression at a place; null when nothing did.</summary>
    public BoundExpression? Find(SourceSpan span) => _parts.FindLast(p => p.Span == span)?.Bound;

    /// <summary>What became of the longest expression that ends somewhere.</summary>
    public BoundExpression? EndingAt(int position)
    {
        Part? longest = null;
        foreach (var part in _parts)
        {
            if (part.Span.End == position && !(longest?.Span.Length > part.Span.Length)) longest = part;
        }

        return longest?.Bound;
    }

    private sealed class Part(SourceSpan span, BoundExpression bound)
    {
        public SourceSpan Span => span;

        public BoundExpression Bound => bound;
    }
}
