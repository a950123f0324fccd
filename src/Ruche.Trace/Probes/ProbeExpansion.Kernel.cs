// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Globalization;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Diagnostics;

namespace Ruche.Trace.Probes;

/// <content>Places in the kernel.</content>
internal sealed partial class ProbeExpansion
{
    /// <summary>What the kernel itself is called among its modules.</summary>
    private const string Kernel = "vmlinux";

    /// <summary>What stands for the programs that the kernel has loaded, where a module would stand.</summary>
    public const string LoadedPrograms = "bpf";

    private ImmutableArray<ProbeSite> Tracepoints()
    {
        TraceEvent written = new(_parts[0], _parts[1]);
        if (!_parts.Any(NamePattern.IsWild))
        {
            return _places.HasTracepoint(written)
                ? [Tracepoint(written)]
                : Missing($"there is no trace point '{written}'", () => NearestNames.Question(written.ToString(), _places.Tracepoints.Select(e => e.ToString())));
        }

        NamePattern category = new(_parts[0]), name = new(_parts[1]);
        var found = _places.Tracepoints.Where(e => category.Matches(e.Category) && name.Matches(e.Name));
        return Sorted(found.Select(Tracepoint), "trace point");
    }

    private static ProbeSite Tracepoint(TraceEvent e) => new ProbeSite.Tracepoint($"tracepoint:{e}", e.Category, e.Name);

    private ImmutableArray<ProbeSite> RawTracepoints()
    {
        string module = _parts.Length > 1 ? _parts[0] : Kernel, name = _parts[^1];
        bool isOfKernel = new NamePattern(module).Matches(Kernel);
        if (NamePattern.IsWild(name))
        {
            NamePattern pattern = new(name);
            return Sorted(RawTracepoints(_places, _parts.Length > 1 ? new(module) : new(Kernel), pattern), "raw trace point");
        }

        if (isOfKernel && _places.HasRawTracepoint(name)) return [RawTracepoint(null, name)];
        string? holder = _parts.Length == 1 ? _places.ModuleOfRawTracepoint(name) : _places.ModulesOf(new(module)).FirstOrDefault(m => _places.HasRawTracepoint(m, name));
        return holder is not null
            ? [RawTracepoint(holder, name)]
            : Missing($"there is no raw trace point '{name}'", () => NearestNames.Question(name, _places.RawTracepoints));
    }

    /// <summary>Raw trace points whose names match, of the kernel and of modules whose names match.</summary>
    public static IEnumerable<ProbeSite.RawTracepoint> RawTracepoints(ProbePlaces places, NamePattern module, NamePattern name)
    {
        var ofKernel = module.Matches(Kernel) ? places.RawTracepoints.Where(n => name.Matches(n)).Select(n => RawTracepoint(null, n)) : [];
        return ofKernel.Concat(places.ModulesOf(module).SelectMany(m => places.RawTracepointsOf(m).Where(n => name.Matches(n)).Select(n => RawTracepoint(m, n))));
    }

    private static ProbeSite.RawTracepoint RawTracepoint(string? module, string name) => new ProbeSite.RawTracepoint($"rawtracepoint:{module ?? Kernel}:{name}", module, name);

    private ImmutableArray<ProbeSite> KernelProbes()
    {
        string? module = _parts.Length > 1 ? _parts[0] : null;
        if (!SplitOffset(_parts[^1], out string function, out ulong offset)) return BadOffset();
        if (offset != 0 && IsReturn) return Error(TraceDiagnostics.BadPlace, "a return has no offset", $"write kretprobe:{function}");
        if (!_parts.Any(NamePattern.IsWild)) return HasFunction(module, function) ? [KernelProbe(module, null, function, offset)] : MissingFunction(function);
        if (offset != 0) return Error(TraceDiagnostics.BadPlace, "an offset follows a pattern, expected one function");

        var found = _places.Functions(new(function), module is null ? null : new(module));
        var sites = found.Select(f => KernelProbe(module is null ? null : f.Module ?? Kernel, f.Module, f.Name, 0) with { Address = f.Address });
        return module is null ? Found([.. sites.DistinctBy(s => s.Function)], "kernel function") : Sorted(sites.DistinctBy(s => s.Name), "kernel function");
    }

    /// <summary>A probe, with the module as written; <paramref name="known"/> is the function's own when a list told it.</summary>
    private ProbeSite.KernelProbe KernelProbe(string? module, string? known, string function, ulong offset)
    {
        string place = offset == 0 ? function : $"{function}+{offset}";
        string name = module is null ? $"{Provider}:{place}" : $"{Provider}:{module}:{place}";
        return new(name, module is null or Kernel ? known : module, function, offset, IsReturn);
    }

    private ImmutableArray<ProbeSite> KernelFunctions()
    {
        if (_parts[0] == LoadedPrograms && _parts.Length > 1) return ProgramFunctions();
        if (_parts.Length > 2) return Error(TraceDiagnostics.BadPlace, $"'{Written}' has a part too many", $"write {_target.Provider.Usage}");
        string module = _parts.Length > 1 ? _parts[0] : Kernel, function = _parts[^1];
        if (_places.Types.Types is null)
            return Missing($"the kernel tells no types, which '{Provider}' needs", () => $"write {KernelProvider}:{function}");

        if (_parts.Any(NamePattern.IsWild))
        {
            var found = KernelFunctions(_places, Provider, new(module), new(function));
            // What the kernel itself does not have is looked for in its modules.
            if (found.IsEmpty && _parts.Length == 1) found = KernelFunctions(_places, Provider, new("*"), new(function));
            return Found(found, "kernel function");
        }

        if (module == Kernel && _places.IsTyped(function)) return [KernelFunction(Provider, null, function)];
        // The kernel tells the types of nearly all functions: the list of all, which takes it long to write, is read for the others.
        bool isAny = _parts.Length == 1 && _places.HasFunction(function);
        var holders = isAny || module != Kernel ? _places.HoldersOf(function, isAny ? null : module) : [];
        if (holders.FirstOrDefault(m => _places.IsTyped(function, m)) is { } holder) return [KernelFunction(Provider, holder, function)];
        return (holders, isAny || (module == Kernel && _places.HasFunction(function))) switch
        {
            ([var untyped, ..], _) => Missing(
                _places.Types.OfModule(untyped) is null
                    ? $"module '{untyped}' tells no types, which '{Provider}' needs"
                    : $"module '{untyped}' does not tell the types of '{function}', which '{Provider}' needs",
                () => $"write {KernelProvider}:{untyped}:{function}"),
            (_, true) => Missing($"the kernel does not tell the types of '{function}', which '{Provider}' needs", () => $"write {KernelProvider}:{function}"),
            _ => MissingFunction(function),
        };
    }

    /// <summary>What attaches to the same functions without types.</summary>
    private string KernelProvider => IsReturn ? "kretprobe" : "kprobe";

    /// <summary>Functions with types whose names match, of the kernel and of modules whose names match.</summary>
    public static ImmutableArray<ProbeSite> KernelFunctions(ProbePlaces places, string provider, NamePattern module, NamePattern function) =>
    [
        .. places.Functions(function, module)
            .Where(f => places.IsTyped(f.Name, f.Module))
            .DistinctBy(f => (f.Name, f.Module))
            .Select(f => KernelFunction(provider, f.Module, f.Name)),
    ];

    private ImmutableArray<ProbeSite> ProgramFunctions()
    {
        string program = _parts.Length > 2 ? _parts[1] : "*", function = _parts[^1];
        if (!NamePattern.IsWild(program) && !uint.TryParse(program, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return Error(TraceDiagnostics.BadPlace, 1, $"'{program}' is no number of a program", $"write {Provider}:bpf:id:function; ruche bpf prog lists programs");
        ImmutableArray<ProbeSite> found = [.. ProgramFunctions(_places, Provider, new(program), new(function))];
        return !found.IsEmpty ? found : Missing($"no loaded program with types has a function '{function}'", () => NearestNames.Question(function, _places.FindLoadedFunctions().Select(f => f.Name).Distinct()));
    }

    /// <summary>Functions of loaded programs whose ids and names match.</summary>
    public static IEnumerable<ProbeSite> ProgramFunctions(ProbePlaces places, string provider, NamePattern program, NamePattern function) =>
        from f in places.FindLoadedFunctions()
        let id = f.Program.ToString(CultureInfo.InvariantCulture)
        where program.Matches(id) && function.Matches(f.Name)
        select new ProbeSite.ProgramFunction($"{provider}:{LoadedPrograms}:{id}:{f.Name}", f.Program, f.Name, provider == "fexit", f.Returns);

    private static ProbeSite.KernelFunction KernelFunction(string provider, string? module, string function) =>
        new ProbeSite.KernelFunction($"{provider}:{module ?? Kernel}:{function}", module, function, provider == "fexit");

    // Types are indexed, and so asked first; the list of all functions takes the kernel long to write.
    private bool HasFunction(string? module, string function) => module is null or Kernel
        ? _places.IsTyped(function) || _places.HasFunction(function)
        : _places.Functions(new(function), new(module)).Count > 0;

    private ImmutableArray<ProbeSite> MissingFunction(string function) =>
        Missing($"the kernel has no function '{function}'", () => NearestNames.Question(function, _places.AllFunctions.Select(f => f.Name)));

    private ImmutableArray<ProbeSite> BadOffset() =>
        Error(TraceDiagnostics.BadPlace, _parts.Length - 1, $"'{_parts[^1]}' has no offset behind the plus", "write function+16 or function+0x10");

    private static bool SplitOffset(string text, out string function, out ulong offset)
    {
        int plus = text.LastIndexOf('+');
        (function, offset) = (plus > 0 ? text[..plus] : text, 0);
        if (plus <= 0) return true;
        var number = Number(text[(plus + 1)..]);
        offset = number ?? 0;
        return number is not null;
    }

    private ImmutableArray<ProbeSite> Sorted(IEnumerable<ProbeSite> found, string what) => Found([.. found.OrderBy(s => s.Name, StringComparer.Ordinal)], what);

    private ImmutableArray<ProbeSite> Found(ImmutableArray<ProbeSite> sites, string what) => sites.IsEmpty ? Missing($"no {what} matches '{Written}'") : sites;
}
