// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Trace.Probes;

/// <summary>
/// A counter of the kernel: its number among the software events of perf_event_open(2), and after how many events a program runs when
/// the script does not say.
/// </summary>
internal sealed record SoftwareEvent(string Name, string? Alias, ulong Number, ulong Count)
{
    // The counts are bpftrace's.
    public static ImmutableArray<SoftwareEvent> All { get; } =
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

    /// <summary>All names, aliases among them, in the order of their characters.</summary>
    public static IEnumerable<string> Names { get; } =
        [.. All.SelectMany(e => e.Alias is null ? [e.Name] : new[] { e.Name, e.Alias }).Order(StringComparer.Ordinal)];

    public static SoftwareEvent? Find(string name) => All.FirstOrDefault(e => e.Name == name || e.Alias == name);
}
