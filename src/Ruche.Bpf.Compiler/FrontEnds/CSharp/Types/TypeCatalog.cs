// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;

/// <summary>All types that come up, each read once.</summary>
internal sealed class TypeCatalog(AssemblySet assemblies)
{
    private const string Span = "System.Span`1";
    private const string ReadOnlySpan = "System.ReadOnlySpan`1";
    private const string Tuple = "System.ValueTuple`";

    // What signatures have short forms for, and tokens name in full.
    private static readonly Dictionary<string, PrimitiveTypeCode> Primitives = Enum.GetValues<PrimitiveTypeCode>().Where(c => c is >= PrimitiveTypeCode.Boolean and <= PrimitiveTypeCode.String or PrimitiveTypeCode.IntPtr or PrimitiveTypeCode.UIntPtr or PrimitiveTypeCode.Object)
        .ToDictionary(c => $"System.{c}", StringComparer.Ordinal);

    private readonly Dictionary<string, ClrType> _known = new(StringComparer.Ordinal);

    // Open generic types, by the name under which With finds them.
    private readonly Dictionary<string, (MetadataAssembly Assembly, TypeDefinitionHandle Type)> _definitions = new(StringComparer.Ordinal);

    public AssemblySet Assemblies => assemblies;

    public ClrType TypeOf(MetadataAssembly assembly, EntityHandle handle, TypeArguments arguments) => handle.Kind switch
    {
        HandleKind.TypeDefinition => TypeOf(assembly, (TypeDefinitionHandle)handle, []),
        HandleKind.TypeReference => TypeOf(assembly, (TypeReferenceHandle)handle, []),
        _ => assembly.Reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(new TypeReader(this, assembly), arguments),
    };

    public ClrType TypeOf(MetadataAssembly assembly, TypeReferenceHandle handle, ImmutableArray<ClrType> arguments)
    {
        if (assemblies.Find(assembly, handle) is var (there, type)) return TypeOf(there, type, arguments);
        var known = OfBaseLibrary(assembly.FullNameOf(handle), arguments);
        return known is ClrType.Other other && !assemblies.IsStruct(assembly, handle) ? other with { IsObject = true } : known;
    }

    public ClrType TypeOf(MetadataAssembly assembly, TypeDefinitionHandle handle, ImmutableArray<ClrType> arguments)
    {
        string name = assembly.FullNameOf(handle);
        var type = assembly.Reader.GetTypeDefinition(handle);
        if (type.GetGenericParameters().Count > arguments.Length)
        {
            _definitions.TryAdd(name, (assembly, handle));
            return new ClrType.Other(name);
        }

        string key = NameOf(name, arguments);
        return _known.TryGetValue(key, out var known) ? known : Read(key, assembly, handle, arguments);
    }

    /// <summary>A generic type with arguments.</summary>
    public ClrType With(ClrType generic, ImmutableArray<ClrType> arguments)
    {
        string name = generic.ToString();
        return _definitions.TryGetValue(name, out var definition) ? TypeOf(definition.Assembly, definition.Type, arguments) : OfBaseLibrary(name, arguments);
    }

    /// <summary>Where a type is declared, with its type arguments; null when that is in the base library.</summary>
    public TypeInstance? DefinitionOf(MetadataAssembly assembly, EntityHandle handle, TypeArguments arguments)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                return new(assembly, (TypeDefinitionHandle)handle, []);
            case HandleKind.TypeReference:
                return assemblies.Find(assembly, (TypeReferenceHandle)handle) is var (there, type) ? new(there, type, []) : null;
            default:
                var blob = assembly.Reader.GetBlobReader(assembly.Reader.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
                if (blob.ReadSignatureTypeCode() is not SignatureTypeCode.GenericTypeInstance) return null;
                _ = blob.ReadCompressedInteger();
                if (DefinitionOf(assembly, blob.ReadTypeHandle(), arguments) is not { } generic) return null;
                SignatureDecoder<ClrType, TypeArguments> decoder = new(new TypeReader(this, assembly), assembly.Reader, arguments);
                var types = ImmutableArray.CreateBuilder<ClrType>();
                for (int count = blob.ReadCompressedInteger(); count > 0; count--) types.Add(decoder.DecodeType(ref blob));
                return generic with { Arguments = types.DrainToImmutable() };
        }
    }

    /// <summary>What a type is called that an assembly refers to.</summary>
    public static string NameOf(MetadataAssembly assembly, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => assembly.FullNameOf((TypeDefinitionHandle)handle),
        HandleKind.TypeReference => assembly.FullNameOf((TypeReferenceHandle)handle),
        HandleKind.TypeSpecification => GenericNameOf(assembly, (TypeSpecificationHandle)handle),
        _ => "",
    };

    private static string GenericNameOf(MetadataAssembly assembly, TypeSpecificationHandle handle)
    {
        var blob = assembly.Reader.GetBlobReader(assembly.Reader.GetTypeSpecification(handle).Signature);
        if (blob.ReadSignatureTypeCode() is not SignatureTypeCode.GenericTypeInstance) return "";
        _ = blob.ReadCompressedInteger();
        return NameOf(assembly, blob.ReadTypeHandle());
    }

    private static string NameOf(string name, ImmutableArray<ClrType> arguments) => arguments.IsEmpty ? name : $"{name}<{string.Join(',', arguments)}>";

    private ClrType Read(string key, MetadataAssembly assembly, TypeDefinitionHandle handle, ImmutableArray<ClrType> arguments)
    {
        var type = assembly.Reader.GetTypeDefinition(handle);
        var marks = AttributeMarks.Of(assembly, type.GetCustomAttributes()).ToList();
        string? kernelName = marks.Find(m => m.Name == "Ruche.Bpf.Kernel.KernelTypeAttribute")?.Arguments[0] as string;
        switch (BaseOf(assembly, type))
        {
            case "System.Enum":
                return _known[key] = UnderlyingOf(assembly, type) is ClrType.Number number ? number with { Name = key, KernelName = kernelName } : new ClrType.Other(key);
            case "System.ValueType" when marks.Find(m => m.Name == "Ruche.Bpf.Kernel.Lowering.MapKindAttribute") is { } kind:
                return _known[key] = new ClrType.Map(key, new((MapType)System.Convert.ToInt32(kind.Arguments[0], null), (int)kind.Number("KeySize"), (int)kind.Number("ValueSize"), kind.Is("HasNoValues"), kind.Is("HasInnerMap"), (uint)kind.Number("Flags"), arguments));
            case "System.ValueType":
                StructShape shape = new(key) { KernelName = kernelName, BtfName = marks.Find(m => m.Name == "Ruche.Bpf.Kernel.Lowering.BtfNameAttribute")?.Arguments[0] as string, Definition = new(assembly, handle, arguments) };
                _known[key] = new ClrType.Struct(shape);
                StructLayoutReader.Read(shape, this, assembly, type, new(arguments, []));
                if (FlawOf(shape) is { } flaw && !key.Contains("<>c__DisplayClass", StringComparison.Ordinal)) _known[key] = new ClrType.Other(key) { Flaw = flaw };
                return _known[key];
            default:
                return _known[key] = new ClrType.Other(key) { IsObject = true };
        }
    }

    // What captured variables are kept in is judged variable by variable.
    private static string? FlawOf(StructShape shape)
    {
        foreach (var field in shape.Fields)
        {
            if (field.Type is ClrType.Other { Bytes: 0 }) return field.Name;
        }

        return null;
    }

    private static string BaseOf(MetadataAssembly assembly, TypeDefinition type) => type.BaseType.Kind switch
    {
        _ when type.BaseType.IsNil => "",
        HandleKind.TypeReference => assembly.FullNameOf((TypeReferenceHandle)type.BaseType),
        HandleKind.TypeDefinition => assembly.FullNameOf((TypeDefinitionHandle)type.BaseType),
        _ => "",
    };

    private ClrType UnderlyingOf(MetadataAssembly assembly, TypeDefinition type)
    {
        foreach (var handle in type.GetFields())
        {
            var field = assembly.Reader.GetFieldDefinition(handle);
            if ((field.Attributes & FieldAttributes.Static) == 0) return field.DecodeSignature(new TypeReader(this, assembly), TypeArguments.None);
        }

        return ClrType.Int32;
    }

    // The few types of the base library that are plain memory.
    private ClrType OfBaseLibrary(string name, ImmutableArray<ClrType> arguments)
    {
        string key = NameOf(name, arguments);
        if (_known.TryGetValue(key, out var known)) return known;
        if (arguments.IsEmpty) return Primitives.TryGetValue(name, out var code) ? new TypeReader(this, assemblies.Main).GetPrimitiveType(code) : new ClrType.Other(name);
        if (arguments.FirstOrDefault(a => a is ClrType.Other { Bytes: 0 }) is not null) return new ClrType.Other(key);
        if (name is Span or ReadOnlySpan)
        {
            StructShape span = new(key) { Size = 16, Alignment = 8, Fields = [new("_reference", 0, new ClrType.Address(arguments[0])), new("_length", 8, ClrType.Int32)] };
            return _known[key] = new ClrType.Struct(span);
        }

        if (name.StartsWith(Tuple, StringComparison.Ordinal) && arguments.Length < 8)
        {
            StructShape tuple = new(key);
            StructLayoutReader.LayOut(tuple, [.. arguments.Select((a, i) => ($"Item{i + 1}", a))], pack: 0, size: 0);
            return _known[key] = new ClrType.Struct(tuple);
        }

        return new ClrType.Other(key);
    }
}
