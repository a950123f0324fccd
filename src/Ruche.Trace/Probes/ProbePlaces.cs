// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Btf;
using Ruche.Trace.Types;

namespace Ruche.Trace.Probes;

/// <summary>
/// Where programs can be attached on this host, as far as is asked for: long lists are read when a wildcard or a misspelt name needs them.
/// Not thread-safe.
/// </summary>
internal sealed class ProbePlaces(TypeCatalog types)
{
    /// <summary>What trace points are called by the types of the kernel.</summary>
    private const string RawTracepointPrefix = "btf_trace_";

    // The most that the kernel passes on to a program.
    private const int MostParameters = 12;

    private IReadOnlyList<TraceableFunction>? _functions;
    private IReadOnlyList<TraceEvent>? _tracepoints;
    private IReadOnlyList<string>? _rawTracepoints;

    /// <summary>The types of the kernel.</summary>
    public TypeCatalog Types { get; } = types;

    /// <summary>The process whose files are meant where a probe names none; null for none.</summary>
    public int? Pid { get; init; }

    /// <summary>Lists the functions of kernel and modules that can be probed.</summary>
    public Func<IReadOnlyList<TraceableFunction>> FindFunctions { get; init; } = () => KernelFunctions.Find();

    /// <summary>Whether kernel or a module has a function.</summary>
    public Func<string, bool> HasFunction { get; init; } = KernelFunctions.Exists;

    /// <summary>Lists the trace points.</summary>
    public Func<IReadOnlyList<TraceEvent>> FindTracepoints { get; init; } = TraceEvents.All;

    /// <summary>Lists the functions of loaded programs, as they are now: programs come and go.</summary>
    public Func<IReadOnlyList<LoadedFunction>> FindLoadedFunctions { get; init; } = LoadedFunctions.Find;

    /// <summary>Whether there is a trace point.</summary>
    public Func<TraceEvent, bool> HasTracepoint { get; init; } = e => TraceEvents.Exists(e.Category, e.Name);

    /// <summary>All trace points.</summary>
    /// <exception cref="BpfException">Tracefs cannot be read.</exception>
    public IReadOnlyList<TraceEvent> Tracepoints => _tracepoints ??= FindTracepoints();

    /// <summary>All functions of kernel and modules that can be probed, in the kernel's order, which takes long to write them.</summary>
    public IReadOnlyList<TraceableFunction> AllFunctions => _functions ??= FindFunctions();

    /// <summary>The names of all raw trace points, in order; of those of modules only when the kernel tells no types.</summary>
    public IReadOnlyList<string> RawTracepoints => _rawTracepoints ??= [.. FindRawTracepoints().Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The loaded modules that tell types.</summary>
    public Func<IEnumerable<string>> FindModules { get; init; } = ModuleTypes.Names;

    /// <summary>Whether the kernel itself has a raw trace point; where it tells no types, whether it or a module has.</summary>
    public bool HasRawTracepoint(string name) => Types.Types is not null ? HasRawTracepoint(Types, name) : RawTracepoints.Contains(name);

    /// <summary>Whether a module has a raw trace point and tells its types.</summary>
    public bool HasRawTracepoint(string module, string name) => Types.OfModule(module) is { } types && HasRawTracepoint(types, name);

    /// <summary>The raw trace points of a module, in order; none when it tells no types.</summary>
    public IEnumerable<string> RawTracepointsOf(string module) => Types.OfModule(module)?.Types is { } types
        ? RawTracepointsIn(types).Distinct().Order(StringComparer.Ordinal)
        : [];

    /// <summary>The first loaded module whose types have a raw trace point; null when none has. Modules are gone through only where tracefs knows the event.</summary>
    public string? ModuleOfRawTracepoint(string name) => Types.Types is not null && Tracepoints.Any(e => e.Name == name)
        ? FindModules().FirstOrDefault(m => HasRawTracepoint(m, name))
        : null;

    /// <summary>Functions whose names and modules match, in the order of their names. The module of the kernel itself is <c>vmlinux</c>.</summary>
    public List<TraceableFunction> Functions(NamePattern name, NamePattern? module = null)
    {
        List<TraceableFunction> found = [];
        foreach (var function in AllFunctions)
        {
            if (function.Name.StartsWith(name.Start, StringComparison.Ordinal) && name.Matches(function.Name) && module?.Matches(function.Module ?? "vmlinux") != false)
                found.Add(function);
        }

        CollectionsMarshal.AsSpan(found).Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name) is not 0 and var byName ? byName : string.CompareOrdinal(a.Module, b.Module));
        return found;
    }

    /// <summary>The modules that have a function which can be probed: all of them, or the one that is named, also by a pattern.</summary>
    public List<string> HoldersOf(string function, string? module) =>
        [.. Functions(new(function), module is null ? null : new(module)).Select(f => f.Module).OfType<string>()];

    /// <summary>The modules with types whose names match.</summary>
    public IEnumerable<string> ModulesOf(NamePattern pattern) => FindModules().Where(m => pattern.Matches(m));

    /// <summary>Whether the kernel tells the types of one of its functions, or of one of a module, and can pass its arguments on to programs.</summary>
    public bool IsTyped(string function, string? module = null)
    {
        var catalog = module is null ? Types : Types.OfModule(module);
        if (catalog?.Types is not { } types || !catalog.TryFindOwn(BtfKind.Function, function, out int id)) return false;
        var parameters = ((BtfType.FunctionPrototype)types[((BtfType.Function)types[id]).Prototype]).Parameters;
        // The last parameter of a function with any number of them has no type.
        return parameters.Length <= MostParameters && (parameters.IsEmpty || parameters[^1].Type != 0);
    }

    private IEnumerable<string> FindRawTracepoints()
    {
        return Types.Types is { } types ? RawTracepointsIn(types) : Tracepoints.Select(e => e.Name);
    }

    // A module's types continue the kernel's.
    private static IEnumerable<string> RawTracepointsIn(BtfSpec types) => types.IdsOf(BtfKind.Typedef)
        .Where(id => id >= types.FirstId && types.NameBytesOf(id).StartsWith("btf_trace_"u8))
        .Select(id => types.NameOf(id)[RawTracepointPrefix.Length..]);

    private static bool HasRawTracepoint(TypeCatalog catalog, string name) => catalog.TryFindOwn(BtfKind.Typedef, RawTracepointPrefix + name, out _);
}
