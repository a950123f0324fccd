// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Trace.Binding;

/// <summary>A script whose names are looked up and whose types are known.</summary>
internal sealed record BoundScript(ImmutableArray<BoundProbe> Probes, ImmutableArray<MapSymbol> Maps, ImmutableArray<string> TimeFormats);
