// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Ruche.Bpf.Features;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Symbols.Kernel;
using Ruche.Trace.Binding;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Recording;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Running;

/// <summary>What a script's configuration says, and environment variables where it says nothing.</summary>
internal static class ScriptSettings
{
    private static readonly Lazy<KernelSymbolTable> KernelSymbols = new(KernelSymbolTable.Open);

    private static readonly Version FunctionsAtReturn = new(6, 6);

    // bpf_task_pt_regs.
    private static readonly Version RegistersOfTasks = new(5, 15);

    public static ScriptOptions Of(TraceScript script, TraceOptions options, HostAnswers answers, DiagnosticBag diagnostics)
    {
        Dictionary<string, string> named = [];
        List<string> numbered = [];
        Divide(options.Parameters, script, named, numbered);
        ScriptOptions settings = new()
        {
            Parameters = [.. numbered],
            Named = named,
            IsUnsafeAllowed = options.IsUnsafeAllowed,
            TellsFailedReads = options.TellsFailedReads,
            Pid = options.Pid,
            Child = options.Child,
            EventBytes = (uint)answers.Fact("event bytes", () => options.EventBytes),
            CpuCount = (int)answers.Fact("cpus", () => Bpf.Maps.PossibleCpus.Count),
            Namespace = OwnNamespace(answers),
            TellsReturningFunctions = answers.Fact("func at return", () => KernelVersion.Current >= FunctionsAtReturn ? 1 : 0) != 0,
            CannotUnwind = answers.IsReplayed || RuntimeInformation.ProcessArchitecture is Architecture.X64 ? null : "only frames of x64 are known",
            HasMapAddresses = !answers.IsRecorded,
            TellsRegisters = answers.IsReplayed || KernelVersion.Current >= RegistersOfTasks,
            Unwinding = options.Unwinding,
            CgroupId = path => answers.AskNumber(AnswerKind.ControlGroup, path, () => HostNames.CgroupId(path)),
            TicksPerSecond = () => answers.AskNumber(AnswerKind.Fact, "ticks", KernelTicks.PerSecond),
            MayCall = (type, hook, function) => answers.Fact($"{function} in {type} {hook}", () => KernelFeatures.Kfunc(type, function, hook).Ask() is Support.Yes ? 1 : 0) != 0,
            KernelAddress = name => answers.AskNumber(AnswerKind.KernelAddress, name, () => KernelSymbols.Value.AddressOf(name)),
        };
        foreach (var setting in ScriptSetting.All)
        {
            string name = setting.Name.ToUpperInvariant();
            string variable = answers.AskText(AnswerKind.Variable, $"RUCHE_TRACE_{name}", () => Environment.GetEnvironmentVariable($"RUCHE_TRACE_{name}")) is null ? $"BPFTRACE_{name}" : $"RUCHE_TRACE_{name}";
            if (answers.AskText(AnswerKind.Variable, variable, () => Environment.GetEnvironmentVariable(variable)) is not { } value) continue;
            if (setting.With(settings, value) is { } changed) settings = changed;
            else diagnostics.Error(TraceDiagnostics.BadArgument, $"the environment's {variable} takes {setting.Takes}, not '{value}'", script.Source.Locate(default));
        }

        foreach (var given in script.Tree.Declarations.OfType<Declaration.Config>().SelectMany(c => c.Settings)) settings = With(settings, given, script.Source, diagnostics);
        return settings with { Settings = ScriptSetting.All.ToDictionary(s => s.Name, s => s.Of(settings)) };
    }

    private static PidNamespace? OwnNamespace(HostAnswers answers)
    {
        ulong device = (ulong)answers.Fact("pid namespace device", () => (long)(PidNamespace.Own?.Device ?? 0)), inode = (ulong)answers.Fact("pid namespace", () => (long)(PidNamespace.Own?.Inode ?? 0));
        return inode == 0 ? null : new(device, inode);
    }

    // --name=value; or --name value, of options that the script gives a value.
    private static void Divide(IReadOnlyList<string> parameters, TraceScript script, Dictionary<string, string> named, List<string> numbered)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            if (!IsNamed(parameters[i]))
            {
                numbered.Add(parameters[i]);
                continue;
            }

            string option = parameters[i][2..];
            int value = option.IndexOf('=', StringComparison.Ordinal);
            bool hasNext = i + 1 < parameters.Count && !IsNamed(parameters[i + 1]);
            if (value >= 0) named[option[..value]] = option[(value + 1)..];
            else named[option] = hasNext && script.Options.Any(o => o.Name == option && !o.IsFlag) ? parameters[++i] : "";
        }
    }

    private static bool IsNamed(string parameter) => parameter.StartsWith("--", StringComparison.Ordinal) && parameter.Length > 2;

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
