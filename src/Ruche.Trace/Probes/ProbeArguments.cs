// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;
using Ruche.Trace.Types;

namespace Ruche.Trace.Probes;

/// <summary>
/// What <c>args</c> is at a place. Of trace points the offsets are those in the event; of raw trace points and kernel functions the context
/// is words, one for each argument and two for structures that take two, and so are the offsets. At a kprobe and a return there is no such
/// context: an offset divided by 8 says which argument it is. Of functions of programs, the record is made when it is asked for whole: each argument takes
/// 8 bytes.
/// </summary>
internal static class ProbeArguments
{
    private const int WordSize = sizeof(ulong);

    /// <summary>The arguments at a place; null where there are none, or nobody tells their types.</summary>
    /// <exception cref="Bpf.BpfException">Tracefs does not tell a trace point's fields.</exception>
    public static RecordLayout? Of(ProbeSite site, TypeCatalog types) => site switch
    {
        ProbeSite.Tracepoint x => OfTracepoint(x, types),
        ProbeSite.RawTracepoint x => OfRawTracepoint(x, types.WithModule(x.KernelModule)),
        ProbeSite.KernelFunction x => OfFunction(x.Name, x.Function, types.WithModule(x.KernelModule)),
        ProbeSite.KernelProbe { IsReturn: false, Offset: 0 } x => OfFunction(x.Name, x.Function, types.WithModule(x.KernelModule)),
        ProbeSite.UserProbe { IsReturn: false, Offset: 0, Function: { } function, Point: null } x => OfProgram(x, function, types.Of(x)),
        _ => null,
    };

    /// <summary>
    /// What a function returns, at its fexit, kretprobe or uretprobe; null when nobody tells, or it returns nothing. At an fexit it lies in the
    /// context, behind the arguments.
    /// </summary>
    public static RecordMember? ReturnOf(ProbeSite site, TypeCatalog types)
    {
        string? function = site switch
        {
            ProbeSite.KernelFunction { IsReturn: true } x => x.Function,
            ProbeSite.KernelProbe { IsReturn: true } x => x.Function,
            ProbeSite.UserProbe { IsReturn: true } x => x.Function,
            _ => null,
        };
        types = site is ProbeSite.UserProbe program ? types.Of(program) ?? new(() => null) : types.WithModule(site.KernelModule);
        if (function is null || PrototypeOf(function, types) is not { } prototype || types.Of(prototype.Return) is TraceType.Nothing) return null;
        int words = prototype.Parameters.Sum(p => WordsOf(p.Type, types));
        return new("retval", types.Of(prototype.Return), words * WordSize) { Spelling = types.Types!.TypeNameOf(prototype.Return) };
    }

    /// <summary>What the context points to, where that has a type.</summary>
    public static TraceType ContextOf(ProbeSite site, TypeCatalog types) => site is ProbeSite.Iterator x ? types.Find("struct", $"bpf_iter__{x.Kind}") ?? TraceType.None : TraceType.None;

    private static RecordLayout OfTracepoint(ProbeSite.Tracepoint site, TypeCatalog types)
    {
        var fields = TracepointFormat.Read(types.Formats(site.Category, site.Event));
        bool isSystemCall = site.Category == "syscalls";
        int size = fields.Length == 0 ? 0 : fields.Max(f => f.Offset + f.Size);
        return new($"args of {site.Name}", isUnion: false, size, () => [.. fields.Select(f => TracepointTypes.Member(f, isSystemCall, types))]);
    }

    private static RecordLayout? OfRawTracepoint(ProbeSite.RawTracepoint site, TypeCatalog types)
    {
        if (types.Types is not { } btf || !types.TryFindOwn(BtfKind.Typedef, $"btf_trace_{site.Event}", out int id)) return null;
        if (btf[btf.Resolve(id)] is not BtfType.Pointer pointer || btf[btf.SkipModifiers(pointer.Target)] is not BtfType.FunctionPrototype prototype) return null;

        // The type has no names; functions that the kernel makes for each trace point do, which ones depends on its version.
        var named = PrototypeOf($"__probestub_{site.Event}", types) ?? PrototypeOf($"__traceiter_{site.Event}", types) ?? PrototypeOf($"__bpf_trace_{site.Event}", types);
        bool fits = named?.Parameters.Length == prototype.Parameters.Length;
        return Record(site.Name, (fits ? named! : prototype).Parameters.RemoveAt(0), types);
    }

    private static RecordLayout? OfFunction(string name, string function, TypeCatalog types) =>
        PrototypeOf(function, types) is { } prototype ? Record(name, prototype.Parameters, types) : null;

    private static RecordLayout? OfProgram(ProbeSite.UserProbe site, string function, TypeCatalog? types)
    {
        if (types is null || PrototypeOf(function, types) is not { } prototype) return null;
        var words = CallingConvention.WordsOf(types.Types!, prototype);
        var members = ImmutableArray.CreateBuilder<RecordMember>(words.Length);
        for (int i = 0; i < words.Length; i++)
        {
            var parameter = prototype.Parameters[i];
            members.Add(new(parameter.Name.Length > 0 ? parameter.Name : $"arg{i}", types.Of(parameter.Type), i * WordSize) { Spelling = types.Types!.TypeNameOf(parameter.Type), Word = words[i] });
        }

        var found = members.DrainToImmutable();
        return new($"args of {site.Name}", isUnion: false, found.Length * WordSize, () => found);
    }

    private static BtfType.FunctionPrototype? PrototypeOf(string function, TypeCatalog types) =>
        types.Types is { } btf && types.TryFindOwn(BtfKind.Function, function, out int id)
            ? btf[((BtfType.Function)btf[id]).Prototype] as BtfType.FunctionPrototype
            : null;

    private static RecordLayout Record(string name, ImmutableArray<BtfParameter> parameters, TypeCatalog types)
    {
        var members = ImmutableArray.CreateBuilder<RecordMember>(parameters.Length);
        int words = 0;
        foreach (var parameter in parameters)
        {
            // The last one of a function with any number of arguments has no type.
            if (parameter.Type == 0) break;
            string called = parameter.Name.Length > 0 ? parameter.Name : $"arg{members.Count}";
            members.Add(new(called, types.Of(parameter.Type), words * WordSize) { Spelling = types.Types!.TypeNameOf(parameter.Type) });
            words += WordsOf(parameter.Type, types);
        }

        var found = members.DrainToImmutable();
        return new($"args of {name}", isUnion: false, words * WordSize, () => found);
    }

    private static int WordsOf(int type, TypeCatalog types) =>
        types.Types!.TrySizeOf(type, out int size) ? Math.Max(1, (size + WordSize - 1) / WordSize) : 1;
}
