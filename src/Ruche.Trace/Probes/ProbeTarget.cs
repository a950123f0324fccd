// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Probes;

/// <summary>An attach point whose provider is known: the parts are those behind its name.</summary>
internal sealed record ProbeTarget(ProbeProvider Provider, ImmutableArray<AttachPointPart> Parts);
