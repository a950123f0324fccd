// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Instructions;

/// <summary>Helpers by their C name, such as <c>bpf_map_lookup_elem</c>.</summary>
public static class HelperNames
{
    private const string Prefix = "bpf_";

    private static readonly Dictionary<int, string> NameById = Collect();

    private static readonly Dictionary<string, int> IdByName = NameById.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>Every known name.</summary>
    public static IReadOnlyCollection<string> All => IdByName.Keys;

    /// <summary>The C name of a helper, or null for a number without one.</summary>
    public static string? NameOf(HelperId helper) => NameById.GetValueOrDefault((int)helper);

    /// <summary>The helper of a C name; false for a name no kernel has.</summary>
    public static bool TryFind(string name, out HelperId helper)
    {
        bool isKnown = IdByName.TryGetValue(name, out int id);
        helper = (HelperId)id;
        return isKnown;
    }

    private static Dictionary<int, string> Collect()
    {
        Dictionary<int, string> names = [];
        foreach (var id in Enum.GetValues<HelperId>())
        {
            if (id is not HelperId.Unspec) names.Add((int)id, Prefix + Snake(id.ToString()));
        }

        return names;
    }

    private static string Snake(string name)
    {
        StringBuilder text = new(name.Length + 8);
        foreach (char c in name)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
