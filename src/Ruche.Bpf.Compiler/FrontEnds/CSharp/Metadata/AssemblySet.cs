// SPDX-License-Identifier: MIT
using System.Reflection.Metadata;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;

/// <summary>The assembly that is compiled, and those that it refers to. They are opened when something of them is asked for.</summary>
internal sealed class AssemblySet : IDisposable
{
    private readonly Dictionary<string, string> _paths = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, MetadataAssembly> _open = new(StringComparer.OrdinalIgnoreCase);

    public AssemblySet(string path, IEnumerable<string> references)
    {
        foreach (string reference in references) _paths.TryAdd(Path.GetFileNameWithoutExtension(reference), reference);
        Main = new(path);
        _open[Main.Name] = Main;
    }

    public MetadataAssembly Main { get; }

    /// <summary>Where a type that an assembly names is defined; null when that is in the base library, or nowhere to be found.</summary>
    public (MetadataAssembly Assembly, TypeDefinitionHandle Type)? Find(MetadataAssembly from, TypeReferenceHandle handle)
    {
        string name = from.FullNameOf(handle);
        var scope = ScopeOf(from, handle);
        if (scope.Kind is HandleKind.ModuleDefinition or HandleKind.ModuleReference) return from.TryFindType(name, out var own) ? (from, own) : null;
        if (scope.Kind is not HandleKind.AssemblyReference) return null;
        string assembly = from.Reader.GetString(from.Reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name);
        return Open(assembly) is { IsBaseLibrary: false } there && there.TryFindType(name, out var found) ? (there, found) : null;
    }

    /// <summary>Whether a type that an assembly names is a struct, wherever it is defined.</summary>
    public bool IsStruct(MetadataAssembly from, TypeReferenceHandle handle)
    {
        string name = from.FullNameOf(handle);
        var scope = ScopeOf(from, handle);
        var there = from;
        while (scope.Kind is HandleKind.AssemblyReference && Open(there.Reader.GetString(there.Reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name)) is { } next)
        {
            if (next.TryFindType(name, out var type)) return next.IsStruct(type);
            scope = next.ForwardOf(name);
            there = next;
        }

        return false;
    }

    public void Dispose()
    {
        foreach (var assembly in _open.Values) assembly.Dispose();
    }

    private MetadataAssembly? Open(string name)
    {
        if (_open.TryGetValue(name, out var open)) return open;
        return _paths.TryGetValue(name, out string? path) && File.Exists(path) ? _open[name] = new(path) : null;
    }

    private static EntityHandle ScopeOf(MetadataAssembly from, TypeReferenceHandle handle)
    {
        var scope = from.Reader.GetTypeReference(handle).ResolutionScope;
        while (scope.Kind is HandleKind.TypeReference) scope = from.Reader.GetTypeReference((TypeReferenceHandle)scope).ResolutionScope;
        return scope;
    }
}
