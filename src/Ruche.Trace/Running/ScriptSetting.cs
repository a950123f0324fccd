// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Numerics;
using Ruche.Trace.Binding;
using Ruche.Trace.Probes;
using Ruche.Trace.Types;

namespace Ruche.Trace.Running;

/// <summary>A setting that a script's configuration or the environment may give: what it takes, in words, and what a value changes; null for a value that it does not take; and what it is.</summary>
internal sealed record ScriptSetting(string Name, string Takes, Func<ScriptOptions, string, ScriptOptions?> With, Func<ScriptOptions, string> Of)
{
    private const int LargestText = 64 * 1024;
    private const int MostPages = 64 * 1024;

    private static readonly string[] StackModes = ["bpftrace", "perf", "raw", "build_id"];
    private static readonly string[] Reactions = ["error", "warn", "ignore"];

    /// <summary>All that change something.</summary>
    public static IReadOnlyList<ScriptSetting> All { get; } =
    [
        Number("max_strlen", LargestText, (o, n) => o with { TextCapacity = (int)n }, o => o.TextCapacity),
        Number("max_map_keys", uint.MaxValue, (o, n) => o with { MapEntries = (uint)n }, o => o.MapEntries),
        Number("perf_rb_pages", MostPages, (o, n) => o with { EventBytes = BitOperations.RoundUpToPowerOf2((uint)n) * (uint)Environment.SystemPageSize }, o => o.EventBytes / Environment.SystemPageSize),
        Number("max_cat_bytes", 1 << 30, (o, n) => o with { ShownOfFiles = (int)n }, o => o.ShownOfFiles),
        new("str_trunc_trailer", "text", (o, text) => o with { TruncationTrailer = text }, o => o.TruncationTrailer),
        new("print_maps_on_exit", "true or false", (o, text) => Truth(text) is { } prints ? o with { PrintsMapsAtEnd = prints } : null, o => o.PrintsMapsAtEnd ? "true" : "false"),
        new("stack_mode", "bpftrace, perf, raw or build_id", (o, text) => Array.IndexOf(StackModes, text) is >= 0 and var mode ? o with { StackMode = (StackMode)mode } : null, o => StackModes[(int)o.StackMode]),
        new("missing_probes", "error, warn or ignore", (o, text) => Array.IndexOf(Reactions, text) is >= 0 and var missing ? o with { Missing = (MissingProbes)missing } : null, o => Reactions[(int)o.Missing]),
    ];

    /// <summary>Those of bpftrace that have nothing to change here.</summary>
    public static IReadOnlyList<string> WithoutEffect { get; } =
    [
        "cache_user_symbols", "cpp_demangle", "lazy_symbolication", "license", "log_size", "max_bpf_progs", "max_probes", "max_type_res_iterations", "on_stack_limit", "show_debug_info", "unstable_dw_ustack",
        "unstable_import", "unstable_import_statement", "unstable_map_decl", "unstable_tseries", "unstable_typeinfo", "use_blazesym",
    ];

    /// <summary>The setting of a name, in any case and with bpftrace's prefix; null when there is none.</summary>
    public static ScriptSetting? Find(string name)
    {
        string plain = Plain(name);
        foreach (var setting in All)
        {
            if (setting.Name == plain) return setting;
        }

        return null;
    }

    /// <summary>A name as it is written today: older versions have that of the environment's variable.</summary>
    public static string Plain(string name)
    {
        string lower = name.ToLowerInvariant();
        return lower.StartsWith("bpftrace_", StringComparison.Ordinal) ? lower["bpftrace_".Length..] : lower;
    }

    private static ScriptSetting Number(string name, uint most, Func<ScriptOptions, ulong, ScriptOptions> with, Func<ScriptOptions, long> of) => new(
        name, string.Create(CultureInfo.InvariantCulture, $"a number from 1 to {most}"), (o, text) => ulong.TryParse(text, CultureInfo.InvariantCulture, out ulong number) && number >= 1 && number <= most ? with(o, number) : null,
        o => of(o).ToString(CultureInfo.InvariantCulture));

    private static bool? Truth(string text) => text switch { "true" or "1" => true, "false" or "0" => false, _ => null };
}
