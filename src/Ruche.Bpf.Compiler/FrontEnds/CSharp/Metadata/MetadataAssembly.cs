// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;

/// <summary>One assembly: its metadata, its methods' code, and the lines they come from where there are symbols beside it.</summary>
internal sealed class MetadataAssembly : IDisposable
{
    private readonly PEReader _image;
    private readonly MetadataReaderProvider? _symbols;
    private readonly Lazy<Dictionary<string, TypeDefinitionHandle>> _types;

    public MetadataAssembly(string path)
    {
        Path = path;
        _image = new(File.OpenRead(path), PEStreamOptions.PrefetchEntireImage);
        if (!_image.HasMetadata) throw new BadImageFormatException("it holds machine code only");
        Reader = _image.GetMetadataReader();
        Name = Reader.GetString(Reader.GetAssemblyDefinition().Name);
        if (_image.TryOpenAssociatedPortablePdb(path, p => File.Exists(p) ? File.OpenRead(p) : null, out _symbols, out _)) Symbols = _symbols?.GetMetadataReader();
        _types = new(ListTypes);
    }

    public string Path { get; }

    public string Name { get; }

    public MetadataReader Reader { get; }

    /// <summary>The lines of methods; null when there are none.</summary>
    public MetadataReader? Symbols { get; }

    /// <summary>Whether it is of the base library, whose code is never compiled.</summary>
    public bool IsBaseLibrary => Name is "mscorlib" or "netstandard" or "System" or "Microsoft.CSharp" || Name.StartsWith("System.", StringComparison.Ordinal);

    public bool TryFindType(string fullName, out TypeDefinitionHandle type) => _types.Value.TryGetValue(fullName, out type);

    public MethodBodyBlock BodyOf(MethodDefinition method) => _image.GetMethodBody(method.RelativeVirtualAddress);

    /// <summary>What the image holds at an address, such as the initial value of a field.</summary>
    public ImmutableArray<byte> BytesAt(int address, int count) => _image.GetSectionData(address).GetContent(0, count);

    public void Dispose()
    {
        _symbols?.Dispose();
        _image.Dispose();
    }

    private Dictionary<string, TypeDefinitionHandle> ListTypes()
    {
        Dictionary<string, TypeDefinitionHandle> types = new(StringComparer.Ordinal);
        foreach (var handle in Reader.TypeDefinitions) types.TryAdd(FullNameOf(handle), handle);
        return types;
    }

    public bool IsStruct(TypeDefinitionHandle handle) => Reader.GetTypeDefinition(handle).BaseType is { IsNil: false, Kind: HandleKind.TypeReference or HandleKind.TypeDefinition } parent
        && (parent.Kind is HandleKind.TypeReference ? FullNameOf((TypeReferenceHandle)parent) : FullNameOf((TypeDefinitionHandle)parent)) == "System.ValueType";

    /// <summary>Where a type is that was here once; nil when it never was.</summary>
    public EntityHandle ForwardOf(string fullName)
    {
        foreach (var handle in Reader.ExportedTypes)
        {
            var type = Reader.GetExportedType(handle);
            if (type.Implementation.Kind is HandleKind.AssemblyReference && $"{Reader.GetString(type.Namespace)}.{Reader.GetString(type.Name)}" == fullName) return type.Implementation;
        }

        return default;
    }

    /// <summary>Namespace and name, nested types behind a plus.</summary>
    public string FullNameOf(TypeDefinitionHandle handle)
    {
        var type = Reader.GetTypeDefinition(handle);
        string name = Reader.GetString(type.Name);
        if (type.GetDeclaringType() is { IsNil: false } outer) return $"{FullNameOf(outer)}+{name}";
        return type.Namespace.IsNil ? name : $"{Reader.GetString(type.Namespace)}.{name}";
    }

    /// <summary>As <see cref="FullNameOf(TypeDefinitionHandle)"/>, of a type that is elsewhere.</summary>
    public string FullNameOf(TypeReferenceHandle handle)
    {
        var type = Reader.GetTypeReference(handle);
        string name = Reader.GetString(type.Name);
        if (type.ResolutionScope.Kind is HandleKind.TypeReference) return $"{FullNameOf((TypeReferenceHandle)type.ResolutionScope)}+{name}";
        return type.Namespace.IsNil ? name : $"{Reader.GetString(type.Namespace)}.{name}";
    }
}
