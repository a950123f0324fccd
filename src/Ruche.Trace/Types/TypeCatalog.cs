// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using Ruche.Bpf;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Btf;
using Ruche.Trace.Probes;

namespace Ruche.Trace.Types;

/// <summary>
/// Types by name and by id: the numbers of C, and what the kernel's own types (BTF) tell, which are read when first needed. The same
/// structure or enumeration is always the same object. Any thread may ask.
/// </summary>
internal sealed partial class TypeCatalog
{
    private readonly Lazy<BtfSpec?> _types;
    private readonly Lazy<Dictionary<string, int>> _enumerators;
    private readonly ConcurrentDictionary<int, RecordLayout> _records = [];
    private readonly ConcurrentDictionary<int, EnumLayout> _enums = [];
    private readonly ConcurrentDictionary<(string Path, long Modified, string Function, ulong Offset), TypeCatalog?> _programs = [];
    private readonly ConcurrentDictionary<string, TypeCatalog> _modules = new(StringComparer.Ordinal);
    private readonly DeclaredTypes? _declared;
    private readonly TypeCatalog? _kernel;

    /// <summary>A catalog of the types that <paramref name="types"/> gives when first asked for; null when there are none.</summary>
    public TypeCatalog(Func<BtfSpec?> types)
    {
        _types = new(types);
        _enumerators = new(IndexEnumerators);
    }

    private TypeCatalog(TypeCatalog kernel, DeclaredTypes declared)
    {
        (_types, _enumerators, _records, _enums, _programs, _modules) = (kernel._types, kernel._enumerators, kernel._records, kernel._enums, kernel._programs, kernel._modules);
        _declared = declared;
        Formats = kernel.Formats;
        ProgramTypes = kernel.ProgramTypes;
        ModuleTypes = kernel.ModuleTypes;
    }

    private TypeCatalog(TypeCatalog kernel, BtfSpec module)
        : this(() => module) => _kernel = kernel;

    /// <summary>The types of the running kernel.</summary>
    public static TypeCatalog Running { get; } = new(ReadRunning);

    /// <summary>The fields of a trace point of a category and a name, as tracefs tells them.</summary>
    public Func<string, string, string> Formats { get; init; } = TraceEvents.FormatOf;

    /// <summary>The types at a place of a program: its path, its function, which may be empty, and the offset in that or in the file.</summary>
    public Func<string, string, ulong, BtfSpec?> ProgramTypes { get; init; } = Ruche.Trace.Types.ProgramTypes.Read;

    /// <summary>The types of a loaded module by its name, which continue those of the kernel; null when it tells none.</summary>
    public Func<string, BtfSpec, BtfSpec?> ModuleTypes { get; init; } = Ruche.Trace.Types.ModuleTypes.Read;

    /// <summary>Whose memory pointers lead to that do not say it.</summary>
    public MemorySpace Space { get; init; } = MemorySpace.Kernel;

    /// <summary>What the ids are of; null when the kernel tells no types.</summary>
    public BtfSpec? Types => _types.Value;

    /// <summary>These types, and others that a script declares.</summary>
    public TypeCatalog With(DeclaredTypes declared) => new(this, declared);

    /// <summary>The types at a place of a program, as its debug information tells them; null when there is none.</summary>
    public TypeCatalog? Of(ProbeSite.UserProbe site)
    {
        var key = (site.Path, File.GetLastWriteTimeUtc(site.Path).Ticks, site.Function ?? "", site.Offset);
        return _programs.GetOrAdd(key, static (key, catalog) =>
        {
            if (catalog.ProgramTypes(key.Path, key.Function, key.Offset) is not { } types) return null;

            // Functions that were compiled together have the same types.
            var same = catalog._programs.Values.FirstOrDefault(known => known?.Types is { } others && others.Image.Span.SequenceEqual(types.Image.Span));
            return same ?? new(() => types) { Space = MemorySpace.User };
        }, this);
    }

    /// <summary>The types of the kernel and of one of its modules; null when the module is not loaded or tells none.</summary>
    public TypeCatalog? OfModule(string module)
    {
        if (_modules.TryGetValue(module, out var known)) return known;
        // A module without types now may be loaded later.
        return Types is { } kernel && ModuleTypes(module, kernel) is { } types ? _modules.GetOrAdd(module, new TypeCatalog(this, types)) : null;
    }

    /// <summary>The types that a function is looked up in: those of its module where that is known, and the kernel's otherwise.</summary>
    public TypeCatalog WithModule(string? module) => module is null ? this : OfModule(module) ?? new(() => null);

    /// <summary>The first type of a kind and a name; of a module only one that it adds itself, since the kernel may have another of that name.</summary>
    public bool TryFindOwn(BtfKind kind, string name, out int id)
    {
        id = 0;
        if (Types is not { } types) return false;
        if (types.Base is null) return types.TryFind(kind, name, out id);
        id = types.Find(kind, name).FirstOrDefault(found => found >= types.FirstId);
        return id != 0;
    }

    /// <summary>
    /// The type of a name: a number of C or of scripts, a typedef, or <c>struct x</c>, <c>union x</c>, <c>enum x</c>, whose keyword may be
    /// missing. Null when there is none.
    /// </summary>
    public TraceType? Find(string name)
    {
        int blank = name.IndexOf(' ', StringComparison.Ordinal);
        if (blank > 0 && KindsOf(name[..blank]) is { Length: > 0 }) return Find(name[..blank], name[blank..].Trim());
        return BaseTypes.Find(name) ?? _declared?.Find(name) ?? Find(name, BtfKind.Typedef, BtfKind.Int, BtfKind.Struct, BtfKind.Union, BtfKind.Enum, BtfKind.Enum64);
    }

    /// <summary>The type of a name, as in <see cref="Find(string)"/>, that scripts always have or this one declares; null for those that the kernel tells.</summary>
    public TraceType? FindDeclared(string name)
    {
        int blank = name.IndexOf(' ', StringComparison.Ordinal);
        if (blank > 0 && KindsOf(name[..blank]) is { Length: > 0 }) return _declared?.Find(name[..blank], name[blank..].Trim());
        return BaseTypes.Find(name) ?? _declared?.Find(name);
    }

    /// <summary>The type of a name behind <c>struct</c>, <c>union</c> or <c>enum</c>; null when there is none.</summary>
    public TraceType? Find(string keyword, string name) => _declared?.Find(keyword, name) ?? Find(name, KindsOf(keyword));

    /// <summary>The type that an enumerator is of, and its value; null when no enumeration has one of that name.</summary>
    public (EnumLayout Type, long Value)? FindEnumerator(string name) =>
        (_declared?.FindEnumerator(name) ?? (_enumerators.Value.TryGetValue(name, out int id) ? EnumOf(id) : null)) is { } found ? (found, found.Values.First(v => v.Name == name).Value) : null;

    /// <summary>The names behind <c>struct</c>, <c>union</c> or <c>enum</c>, with their ids, in the order of the ids; a name may be there twice.</summary>
    public IEnumerable<NamedType> Named(string keyword)
    {
        if (Types is not { } types) yield break;
        for (int id = 1; id < types.Count; id++)
        {
            if (KindsOf(keyword).Contains(types.KindOf(id)) && types.NameOf(id) is { Length: > 0 } name) yield return new(name, id);
        }
    }

    private static ReadOnlySpan<BtfKind> KindsOf(string keyword) => keyword switch
    {
        "struct" => [BtfKind.Struct],
        "union" => [BtfKind.Union],
        "enum" => [BtfKind.Enum, BtfKind.Enum64],
        _ => [],
    };

    private static BtfSpec? ReadRunning()
    {
        try
        {
            return KernelTypes.Running;
        }
        catch (BpfException e) when (e.Errno is Errno.ENOENT)
        {
            return null;
        }
    }

    private TraceType? Find(string name, params ReadOnlySpan<BtfKind> kinds)
    {
        if (Types is not { } types) return null;
        foreach (var kind in kinds)
        {
            if (types.TryFind(kind, name, out int id)) return Of(id);
        }

        return null;
    }

    private Dictionary<string, int> IndexEnumerators()
    {
        Dictionary<string, int> found = new(StringComparer.Ordinal);
        if (Types is not { } types) return found;
        for (int id = types.FirstId; id < types.Count; id++)
        {
            if (types.KindOf(id) is not (BtfKind.Enum or BtfKind.Enum64)) continue;
            foreach (var value in ((BtfType.Enum)types[id]).Values) found.TryAdd(value.Name, id);
        }

        return found;
    }
}
