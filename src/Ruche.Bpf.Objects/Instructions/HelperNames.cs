// SPDX-License-Identifier: MIT
using System.Collections.Frozen;
using System.Text;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Instructions;

/// <summary>Helpers by their C name, such as <c>bpf_map_lookup_elem</c>.</summary>
public static class HelperNames
{
    private const string Prefix = "bpf_";

    private static readonly FrozenDictionary<HelperId, string> NameById =
        Enum.GetValues<HelperId>().Where(id => id is not HelperId.Unspec).ToFrozenDictionary(id => id, id => Prefix + Snake(id.ToString()));

    private static readonly FrozenDictionary<string, HelperId> IdByName =
        NameById.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>Every known name.</summary>
    public static IReadOnlyCollection<string> All => IdByName.Keys;

    /// <summary>The C name of a helper, or null for a number without one.</summary>
    public static string? NameOf(HelperId helper) => NameById.GetValueOrDefault(helper);

    /// <summary>The helper of a C name; false for a name no kernel has.</summary>
    public static bool TryFind(string name, out HelperId helper) => IdByName.TryGetValue(name, out helper);

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
