// SPDX-License-Identifier: MIT
using System.Collections.Frozen;

namespace Ruche.Bpf.Objects.Uapi;

/// <summary>Which helpers programs of a type may call, as Linux 6.18 answers. For some types it also counts what a program is attached to; then
/// what any of them may call is listed.</summary>
public static partial class HelperAvailability
{
    private static readonly Lazy<FrozenDictionary<ProgramType, FrozenSet<HelperId>>> Sets = new(Collect);

    /// <summary>Whether they may; null for the types whose target decides, and for those of which nothing is known.</summary>
    public static bool? IsAvailable(ProgramType type, HelperId helper) => Sets.Value.TryGetValue(type, out var helpers) ? helpers.Contains(helper) : null;

    private static FrozenDictionary<ProgramType, FrozenSet<HelperId>> Collect() => Others.ToFrozenDictionary(o => o.Key, o => All.Concat(o.Value).ToFrozenSet());
}
