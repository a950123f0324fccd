// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Trace.Probes;
using Ruche.Trace.Types;

namespace Ruche.Trace.Binding;

/// <summary>One program: where it runs, and what it does there.</summary>
/// <param name="Sites">All the places, which give it the same kind of context.</param>
/// <param name="Body">What it does.</param>
/// <param name="NeedsSite">Whether it looks at what the place hands over, so that the program fits this kind of place alone.</param>
internal sealed record BoundProbe(ImmutableArray<ProbeSite> Sites, ImmutableArray<BoundStatement> Body, bool NeedsSite)
{
    /// <summary>What the context points to, where that has a type.</summary>
    public TraceType Context { get; init; } = TraceType.None;
}
