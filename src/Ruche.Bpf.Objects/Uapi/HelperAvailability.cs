// SPDX-License-Identifier: MIT

namespace Ruche.Bpf.Objects.Uapi;

/// <summary>Which helpers programs of a type may call, as Linux 6.18 answers. For some types it also counts what a program is attached to; then
/// what any of them may call is listed.</summary>
public static partial class HelperAvailability
{
    private static readonly Lazy<Dictionary<int, HashSet<int>>> Sets = new(Collect);

    /// <summary>Whether they may; null for the types whose target decides, and for those of which nothing is known.</summary>
    public static bool? IsAvailable(ProgramType type, HelperId helper) => Sets.Value.TryGetValue((int)type, out var helpers) ? helpers.Contains((int)helper) : null;

    private static Dictionary<int, HashSet<int>> Collect()
    {
        Dictionary<int, HashSet<int>> sets = [];
        foreach (var (type, others) in Others)
        {
            HashSet<int> helpers = sets[(int)type] = [];
            foreach (var helper in All) helpers.Add((int)helper);
            foreach (var helper in others) helpers.Add((int)helper);
        }

        return sets;
    }
}
