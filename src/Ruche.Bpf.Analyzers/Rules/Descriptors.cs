// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

namespace Ruche.Bpf.Analyzers.Rules;

/// <summary>The rules as the C# compiler knows them.</summary>
internal static class Descriptors
{
    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById = RuleTable.All.ToImmutableDictionary(r => r.Id, Describe);

    public static ImmutableArray<DiagnosticDescriptor> All { get; } = [.. RuleTable.All.Select(r => ById[r.Id])];

    public static Diagnostic Of(Refusal refusal, Location where) => Diagnostic.Create(ById[refusal.Id], where, refusal.Message, refusal.Advice);

    private static DiagnosticDescriptor Describe(Rule rule) => new(rule.Id, rule.Title, "{0}; {1}", "Ruche.Kernel", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
