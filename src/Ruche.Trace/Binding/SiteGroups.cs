// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Links;
using Ruche.Trace.Probes;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Binding;

/// <summary>
/// Divides the places of a probe into groups that one program serves: all that are of one kind, unless the probe looks at what distinguishes them.
/// </summary>
internal static class SiteGroups
{
    // What of these a place yields depends on the place.
    private static readonly string[] Distinguishing = ["args", "probe", "ctx", "probetype", "uaddr"];

    public static IEnumerable<SiteGroup> Of(Declaration.Probe probe, ImmutableArray<ProbeSite> sites)
    {
        bool needsSite = FindDistinguishing(probe.Body) is not null || (probe.Predicate is { } predicate && FindDistinguishing(predicate) is not null);
        return needsSite
            ? sites.Select(s => new SiteGroup([s], true))
            : sites.GroupBy(KindOf).SelectMany(g => IsForOne(g.Key) ? g.Select(s => new SiteGroup([s], false)) : [new([.. g], false)]);
    }

    /// <summary>A name that means something else in each place; null when there is none.</summary>
    public static Expression.Identifier? FindDistinguishing(SyntaxNode node) => NameOf(node) is { } name && Distinguishing.Contains(name.Name)
        ? name
        : SyntaxChildren.Of(node).Select(FindDistinguishing).FirstOrDefault(found => found is not null);

    private static Expression.Identifier? NameOf(SyntaxNode node) => node switch
    {
        Expression.Identifier x => x,
        Expression.Call x => new(x.Span, x.Name),
        _ => null,
    };

    // Programs of functions with typed arguments, and of iterators, are loaded for one of them; raw trace points differ in how many arguments may be read,
    // static trace points in where they are.
    private static bool IsForOne(Type kind) => kind == typeof(ProbeSite.KernelFunction) || kind == typeof(ProbeSite.ProgramFunction) || kind == typeof(ProbeSite.RawTracepoint) || kind == typeof(ProbeSite.Iterator) || kind == typeof(ProbeSite.Test) || kind == typeof(UsdtPoint);

    private static Type KindOf(ProbeSite site) => site switch
    {
        ProbeSite.Interval or ProbeSite.Profile or ProbeSite.Counter or ProbeSite.Watchpoint => typeof(ProbeSite.Profile),
        ProbeSite.KernelProbe { IsReturn: true } => typeof(ProbeSite.KernelProbe[]),
        ProbeSite.UserProbe { Point: not null } => typeof(UsdtPoint),
        ProbeSite.UserProbe { IsReturn: true } => typeof(ProbeSite.UserProbe[]),
        _ => site.GetType(),
    };
}
