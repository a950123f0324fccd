// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
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

    private static readonly Version FunctionsAtReturn = new(6, 6);

    public static ScriptOptions Of(TraceScript script, TraceOptions options, DiagnosticBag diagnostics)
    {
        ScriptOptions settings = new()
        {
            Parameters = [.. options.Parameters.Where(p => !IsNamed(p))],
            Named = NamedOf(options.Parameters),
            IsUnsafeAllowed = options.IsUnsafeAllowed,
            Pid = options.Pid,
            Child = options.Child,
            EventBytes = (uint)options.EventBytes,
            CpuCount = Bpf.Maps.PossibleCpus.Count,
            Namespace = PidNamespace.Own,
            TellsReturningFunctions = KernelVersion.Current >= FunctionsAtReturn,
            CgroupId = HostNames.CgroupId,
            KernelAddress = name => KernelSymbols.Value.AddressOf(name),
        };
        foreach (var setting in ScriptSetting.All)
        {
            string name = setting.Name.ToUpperInvariant();
            string variable = Environment.GetEnvironmentVariable($"RUCHE_TRACE_{name}") is null ? $"BPFTRACE_{name}" : $"RUCHE_TRACE_{name}";
            if (Environment.GetEnvironmentVariable(variable) is not { } value) continue;
            if (setting.With(settings, value) is { } changed) settings = changed;
            else diagnostics.Error(TraceDiagnostics.BadArgument, $"the environment's {variable} takes {setting.Takes}, not '{value}'", script.Source.Locate(default));
        }

        foreach (var given in script.Tree.Declarations.OfType<Declaration.Config>().SelectMany(c => c.Settings)) settings = With(settings, given, script.Source, diagnostics);
        return settings with { Settings = ScriptSetting.All.ToDictionary(s => s.Name, s => s.Of(settings)) };
    }

    private static bool IsNamed(string parameter) => parameter.StartsWith("--", StringComparison.Ordinal) && parameter.Length > 2;

    private static Dictionary<string, string> NamedOf(IEnumerable<string> parameters)
    {
        Dictionary<string, string> named = [];
        foreach (string parameter in parameters.Where(IsNamed))
        {
            int value = parameter.IndexOf('=', StringComparison.Ordinal);
            named[value < 0 ? parameter[2..] : parameter[2..value]] = value < 0 ? "" : parameter[(value + 1)..];
        }

        return named;
    }

    private static ScriptOptions With(ScriptOptions settings, ConfigSetting given, SourceText source, DiagnosticBag diagnostics)
    {
        string value = given.Value switch
        {
            Expression.String x => Encoding.UTF8.GetString(x.Bytes.AsSpan()),
            Expression.Integer x => x.Value.ToString(CultureInfo.InvariantCulture),
            _ => source.Slice(given.Value.Span).ToString(),
        };
        var where = source.Locate(given.Span);
        if (ScriptSetting.Find(given.Key) is { } setting)
        {
            if (setting.With(settings, value) is { } changed) return changed;
            diagnostics.Error(TraceDiagnostics.BadArgument, $"the setting '{given.Key}' takes {setting.Takes}, not '{value}'", where);
        }
        else if (ScriptSetting.WithoutEffect.Contains(ScriptSetting.Plain(given.Key)))
        {
            diagnostics.Warning(TraceDiagnostics.NotSupported, $"the setting '{given.Key}' has no effect", where);
        }
        else
        {
            string[] known = [.. ScriptSetting.All.Select(s => s.Name), .. ScriptSetting.WithoutEffect];
            diagnostics.Error(TraceDiagnostics.UnknownName, $"there is no setting '{given.Key}'", where, NearestNames.Question(given.Key, known) ?? $"there are {string.Join(", ", ScriptSetting.All.Select(s => s.Name))}");
        }

        return settings;
    }
}
