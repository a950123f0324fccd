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

    /// <summary>Whether there is a raw trace point.</summary>
    public bool HasRawTracepoint(string name) => Types.Types is { } types
        ? types.TryFind(BtfKind.Typedef, RawTracepointPrefix + name, out _)
        : RawTracepoints.Contains(name);

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

    /// <summary>Whether the kernel tells the types of one of its functions, and can pass its arguments on to programs.</summary>
    public bool IsTyped(string function)
    {
        if (Types.Types is not { } types || !types.TryFind(BtfKind.Function, function, out int id)) return false;
        var parameters = ((BtfType.FunctionPrototype)types[((BtfType.Function)types[id]).Prototype]).Parameters;
        // The last parameter of a function with any number of them has no type.
        return parameters.Length <= MostParameters && (parameters.IsEmpty || parameters[^1].Type != 0);
    }

    private IEnumerable<string> FindRawTracepoints()
    {
        if (Types.Types is not { } types) return Tracepoints.Select(e => e.Name);
        return types.IdsOf(BtfKind.Typedef).Where(id => types.NameBytesOf(id).StartsWith("btf_trace_"u8)).Select(id => types.NameOf(id)[RawTracepointPrefix.Length..]);
    }
}
