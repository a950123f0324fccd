// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Verifier.Explanations;

/// <summary>A place that matters for an explanation.</summary>
/// <param name="Slot">The instruction.</param>
/// <param name="Place">Its source line; null when unknown.</param>
/// <param name="What">What happens there: "the condition holds", "the value comes from bpf_map_lookup_elem()".</param>
public sealed record PathPlace(int Slot, SourcePlace? Place, string What);
