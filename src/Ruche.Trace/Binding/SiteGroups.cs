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
    private static readonly string[] Distinguishing = ["args", "probe", "ctx", "probetype"];

    public static IEnumerable<SiteGroup> Of(Declaration.Probe probe, ImmutableArray<ProbeSite> sites)
    {
        bool needsSite = Mentions(probe.Body) || (probe.Predicate is { } predicate && Mentions(predicate));
        return needsSite
            ? sites.Select(s => new SiteGroup([s], true))
            : sites.GroupBy(KindOf).SelectMany(g => IsForOne(g.Key) ? g.Select(s => new SiteGroup([s], false)) : [new([.. g], false)]);
    }

    private static bool Mentions(SyntaxNode node) =>
        node is Expression.Identifier { Name: var name } && Distinguishing.Contains(name) || SyntaxChildren.Of(node).Any(Mentions);

    // Programs of functions with typed arguments, and of iterators, are loaded for one of them; raw trace points differ in how many arguments may be read,
    // static trace points in where they are.
    private static bool IsForOne(Type kind) => kind == typeof(ProbeSite.KernelFunction) || kind == typeof(ProbeSite.RawTracepoint) || kind == typeof(ProbeSite.Iterator) || kind == typeof(UsdtPoint);

    private static Type KindOf(ProbeSite site) => site switch
    {
        ProbeSite.Interval or ProbeSite.Profile or ProbeSite.Counter or ProbeSite.Watchpoint => typeof(ProbeSite.Profile),
        ProbeSite.KernelProbe { IsReturn: true } => typeof(ProbeSite.KernelProbe[]),
        ProbeSite.UserProbe { Point: not null } => typeof(UsdtPoint),
        ProbeSite.UserProbe { IsReturn: true } => typeof(ProbeSite.UserProbe[]),
        _ => site.GetType(),
    };
}
