// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Trace.Probes;

namespace Ruche.Trace.Binding;

/// <summary>Places of one probe that one program serves.</summary>
/// <param name="Sites">The places.</param>
/// <param name="NeedsSite">Whether what the probe says depends on the place.</param>
internal sealed record SiteGroup(ImmutableArray<ProbeSite> Sites, bool NeedsSite);
