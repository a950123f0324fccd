// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Diagnostics;

namespace Ruche.Trace.Probes;

/// <content>Accesses to memory, and things that the kernel goes through.</content>
internal sealed partial class ProbeExpansion
{
    private const string IteratorPrefix = "bpf_iter__";

    /// <summary>The kinds of things that a kernel goes through.</summary>
    public static IEnumerable<string> IteratorKinds(ProbePlaces places) =>
        places.Types.Named("struct").Where(t => t.Name.StartsWith(IteratorPrefix, StringComparison.Ordinal)).Select(t => t.Name[IteratorPrefix.Length..]).Distinct().Order(StringComparer.Ordinal);

    private ImmutableArray<ProbeSite> Watchpoints()
    {
        if (Number(_parts[0]) is not { } address) return Error(TraceDiagnostics.BadPlace, 0, $"'{_parts[0]}' is no address", $"write {_target.Provider.Usage}");
        if (Number(_parts[1]) is not { } length || length is not (1 or 2 or 4 or 8)) return Error(TraceDiagnostics.BadPlace, 1, $"the processor watches no {_parts[1]} bytes", "it watches 1, 2, 4 or 8");
        var accesses = MemoryAccess.None;
        foreach (char letter in _parts[2])
        {
            var access = letter switch { 'r' => MemoryAccess.Read, 'w' => MemoryAccess.Write, 'x' => MemoryAccess.Execute, _ => MemoryAccess.None };
            if (access is MemoryAccess.None || accesses.HasFlag(access)) return Error(TraceDiagnostics.BadPlace, 2, $"'{_parts[2]}' is no way of access", "write r, w or x, or several of them");
            accesses |= access;
        }

        return [new ProbeSite.Watchpoint(Written, new(address, (int)length, accesses))];
    }

    private ImmutableArray<ProbeSite> Iterators()
    {
        string? pin = _parts.Length > 1 ? _parts[1] : null;
        if (pin is not null && _parts.Any(NamePattern.IsWild)) return Error(TraceDiagnostics.UnsupportedProvider, "a pin has one iterator and one name, without wildcards", "write iter:task:name");
        NamePattern wanted = new(_parts[0]);
        ImmutableArray<ProbeSite> found = [.. IteratorKinds(_places).Where(k => wanted.Matches(k)).Select(k => new ProbeSite.Iterator(pin is null ? $"iter:{k}" : $"iter:{k}:{pin}", k) { Pin = pin })];
        return !found.IsEmpty ? found : Missing($"the kernel does not go through '{_parts[0]}'", () => NearestNames.Question(_parts[0], IteratorKinds(_places)));
    }
}
