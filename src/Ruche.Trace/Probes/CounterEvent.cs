// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Trace.Probes;

/// <summary>
/// Something that the kernel or the processor counts: its number among the software or hardware events of perf_event_open(2), and after how many a program
/// runs when the script does not say.
/// </summary>
internal sealed record CounterEvent(string Name, string? Alias, ulong Number, ulong Count)
{
    // The counts are bpftrace's.
    private static readonly ImmutableArray<CounterEvent> Software =
    [
        new("alignment-faults", null, 7, 1),
        new("bpf-output", null, 10, 1),
        new("context-switches", "cs", 3, 1000),
        new("cpu-clock", "cpu", 0, 1_000_000),
        new("cpu-migrations", null, 4, 1),
        new("dummy", null, 9, 1),
        new("emulation-faults", null, 8, 1),
        new("major-faults", null, 6, 1),
        new("minor-faults", null, 5, 100),
        new("page-faults", "faults", 2, 100),
        new("task-clock", null, 1, 1),
    ];

    private static readonly ImmutableArray<CounterEvent> Hardware =
    [
        new("backend-stalls", null, 8, 1_000_000),
        new("branch-instructions", "branches", 4, 100_000),
        new("branch-misses", null, 5, 100_000),
        new("bus-cycles", null, 6, 100_000),
        new("cache-misses", null, 3, 1_000_000),
        new("cache-references", null, 2, 1_000_000),
        new("cpu-cycles", "cycles", 0, 1_000_000),
        new("frontend-stalls", null, 7, 1_000_000),
        new("instructions", null, 1, 1_000_000),
        new("ref-cycles", null, 9, 1_000_000),
    ];

    /// <summary>Those that the kernel counts, or the processor.</summary>
    public static ImmutableArray<CounterEvent> Of(bool isHardware) => isHardware ? Hardware : Software;

    /// <summary>All names of these, aliases among them, in the order of their characters.</summary>
    public static IEnumerable<string> Names(bool isHardware) =>
        Of(isHardware).SelectMany(e => e.Alias is null ? [e.Name] : new[] { e.Name, e.Alias }).Order(StringComparer.Ordinal);

    public static CounterEvent? Find(bool isHardware, string name)
    {
        foreach (var known in Of(isHardware))
        {
            if (known.Name == name || known.Alias == name) return known;
        }

        return null;
    }
}
