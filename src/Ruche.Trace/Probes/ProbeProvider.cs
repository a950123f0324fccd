// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;

namespace Ruche.Trace.Probes;

/// <summary>A kind of probe: its name and short name, and how many parts follow them.</summary>
internal sealed record ProbeProvider(string Name, string? ShortName, int LeastParts, int MostParts, string Usage)
{
    public static IReadOnlyList<ProbeProvider> All { get; } =
    [
        new("begin", null, 0, 0, "begin"),
        new("end", null, 0, 0, "end"),
        new("self", null, 2, 2, "self:signal:SIGUSR1"),
        new("test", null, 1, 1, "test:name"),
        new("bench", null, 1, 1, "bench:name"),
        new("interval", "i", 1, 2, "interval:1s or interval:hz:99"),
        new("profile", "p", 1, 2, "profile:10ms or profile:hz:99"),
        new("tracepoint", "t", 2, 2, "tracepoint:subsystem:event"),
        new("rawtracepoint", "rt", 1, 2, "rawtracepoint:event or rawtracepoint:module:event"),
        new("kprobe", "k", 1, 2, "kprobe:function or kprobe:module:function"),
        new("kretprobe", "kr", 1, 2, "kretprobe:function or kretprobe:module:function"),
        new("fentry", "f", 1, 3, "fentry:function, fentry:module:function or fentry:bpf:id:program"),
        new("fexit", "fr", 1, 3, "fexit:function, fexit:module:function or fexit:bpf:id:program"),
        new("uprobe", "u", 2, 3, "uprobe:/path/to/binary:function"),
        new("uretprobe", "ur", 2, 3, "uretprobe:/path/to/binary:function"),
        new("usdt", "U", 2, 3, "usdt:/path/to/binary:probe or usdt:/path/to/binary:namespace:probe") { MayHaveEmptyParts = true },
        new("software", "s", 1, 2, "software:event or software:event:count") { MayHaveEmptyParts = true },
        new("hardware", "h", 1, 2, "hardware:event or hardware:event:count") { MayHaveEmptyParts = true },
        new("watchpoint", "w", 3, 3, "watchpoint:address:length:rwx"),
        new("iter", "it", 1, 2, "iter:task or iter:task:pin"),
    ];

    /// <summary>Whether a part may say nothing: <c>usdt::name</c>, <c>software:faults:</c>.</summary>
    public bool MayHaveEmptyParts { get; private init; }

    /// <summary>Finds a provider by its name, its short name or an older name; <c>BEGIN</c> and <c>END</c> in any case.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out ProbeProvider? found)
    {
        // Spellings of older versions.
        string today = name switch { "kfunc" => "fentry", "kretfunc" => "fexit", _ => name };
        foreach (var provider in All)
        {
            bool isCalledSo = provider.Name == today || provider.ShortName == today || (provider.MostParts == 0 && provider.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (!isCalledSo) continue;
            found = provider;
            return true;
        }

        found = null;
        return false;
    }
}
