// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Ruche.Bpf.Analyzers.Rules;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

namespace Ruche.Bpf.Analyzers.Reachability;

/// <summary>What was found; each rule once for each line.</summary>
internal sealed class Findings
{
    private readonly HashSet<(string Id, SyntaxTree? Tree, int Line)> _told = [];
    private readonly ImmutableArray<Diagnostic>.Builder _items = ImmutableArray.CreateBuilder<Diagnostic>();

    public void Add(Refusal refusal, Location where)
    {
        if (_told.Add((refusal.Id, where.SourceTree, where.GetLineSpan().StartLinePosition.Line))) _items.Add(Descriptors.Of(refusal, where));
    }

    public ImmutableArray<Diagnostic> ToImmutable() => _items.ToImmutable();
}
