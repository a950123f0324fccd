// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Bpf.Objects.Specs;

/// <summary>The meaning of <c>SEC("…")</c> names: every one that libbpf knows, and the looser ones of older loaders.</summary>
public static partial class SectionNames
{
    /// <summary>Understands a section name. Names that say nothing give a match without a definition; that is no error.</summary>
    public static SectionMatch Match(string section)
    {
        ArgumentNullException.ThrowIfNull(section);
        bool autoLoad = !section.StartsWith('?');
        string name = autoLoad ? section : section[1..];
        if (Index.Exact.TryGetValue(name, out var definition)) return new(definition, "", autoLoad);
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && Index.Exact.TryGetValue(name[..slash], out definition) && definition.Target is SectionTarget.Optional)
            return new(definition, name[(slash + 1)..], autoLoad);
        return new(MatchLoosely(name), "", autoLoad);
    }

    // Older loaders compared prefixes: xdp_filter, socket1, classifier-main, cgroup/skb/1.
    private static SectionDefinition? MatchLoosely(string name)
    {
        foreach (var definition in Index.Loose)
        {
            if (name.StartsWith(definition.Name, StringComparison.Ordinal) && !char.IsAsciiLetter(name[definition.Name.Length]))
                return definition;
        }

        return null;
    }

    // Nested, so that the table exists before it is indexed.
    private static class Index
    {
        public static readonly Dictionary<string, SectionDefinition> Exact =
            Definitions.Concat(OlderNames).ToDictionary(d => d.Name, StringComparer.Ordinal);

        // Longest first, so that xdp.frags_x is not taken for xdp.
        public static readonly ImmutableArray<SectionDefinition> Loose =
            [.. Definitions.Concat(OlderNames).Where(d => d.Target is SectionTarget.None).OrderByDescending(d => d.Name.Length)];
    }
}
