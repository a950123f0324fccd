// SPDX-License-Identifier: MIT
using System.Numerics;
using Ruche.Bpf.Features;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Symbols.Kernel;
using Ruche.Trace.Binding;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Running;

/// <summary>What a script's configuration says, and environment variables where it says nothing.</summary>
internal static class ScriptSettings
{
    private static readonly Lazy<KernelSymbolTable> KernelSymbols = new(KernelSymbolTable.Open);

    private const int LargestText = 64 * 1024;
    private const int MostPages = 64 * 1024;

    public static ScriptOptions Of(TraceScript script, TraceOptions options, DiagnosticBag diagnostics)
    {
        ScriptOptions settings = new()
        {
            Parameters = options.Parameters,
            IsUnsafeAllowed = options.IsUnsafeAllowed,
            Pid = options.Pid,
            Child = options.Child,
            EventBytes = (uint)options.EventBytes,
            CpuCount = Bpf.Maps.PossibleCpus.Count,
            Namespace = PidNamespace.Own,
            CgroupId = HostNames.CgroupId,
            KernelAddress = name => KernelSymbols.Value.AddressOf(name),
        };
        foreach (string name in (string[])["max_strlen", "max_map_keys", "perf_rb_pages"])
        {
            string? value = Environment.GetEnvironmentVariable($"RUCHE_TRACE_{name.ToUpperInvariant()}") ?? Environment.GetEnvironmentVariable($"BPFTRACE_{name.ToUpperInvariant()}");
            if (ulong.TryParse(value, out ulong number)) settings = With(settings, name, number) ?? settings;
        }

        foreach (var setting in script.Tree.Declarations.OfType<Declaration.Config>().SelectMany(c => c.Settings))
        {
            if (setting.Value is Expression.Integer { Value: var number } && With(settings, setting.Key, number) is { } changed) settings = changed;
            else diagnostics.Warning(TraceDiagnostics.NotSupported, $"the setting '{setting.Key}' has no effect", script.Source.Locate(setting.Span));
        }

        return settings;
    }

    private static ScriptOptions? With(ScriptOptions settings, string key, ulong value) => key switch
    {
        "max_strlen" when value is > 0 and <= LargestText => settings with { TextCapacity = (int)value },
        "max_map_keys" when value is > 0 and <= uint.MaxValue => settings with { MapEntries = (uint)value },
        "perf_rb_pages" when value is > 0 and <= MostPages => settings with { EventBytes = BitOperations.RoundUpToPowerOf2((uint)value) * (uint)Environment.SystemPageSize },
        _ => null,
    };
}
