// SPDX-License-Identifier: MIT
// Makes the profile that tells the ahead-of-time compiler which methods of the framework a start of `ruche` needs.
//
//   dotnet run eng/startup-profile.cs -- ASSEMBLIES METHODS PROFILE
//
// ASSEMBLIES is the folder of trimmed assemblies, METHODS the runtime's list of what it compiled (DOTNET_JitDisasmSummary), PROFILE the file to
// write: an assembly whose only code names methods, as the compiler's --mibc reads it. `eng/startup-profile` calls this.
using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

var assemblies = new TrimmedAssemblies(args[0]);
var profile = new Profile(assemblies);
var compiled = File.ReadLines(args[1])
    .Select(line => Regex.Match(line, @"JIT compiled (?<method>.+) \[(Tier0|Tier-0|Instrumented)"))
    .Where(match => match.Success)
    .Select(match => match.Groups["method"].Value)
    .Distinct()
    .Order(StringComparer.Ordinal);
var enumerations = new EnumerationUses(assemblies);
foreach (var name in compiled)
{
    profile.Add(name);
    foreach (var meant in enumerations.Of(name))
    {
        profile.Add(meant);
    }
}

profile.Write(args[2]);
Console.WriteLine($"{profile.Methods} methods, {profile.Unknown.Count} names without one");
foreach (var name in profile.Unknown.Take(20))
{
    Console.WriteLine($"  {name}");
}

/// <summary>A type as the runtime writes it: <c>System.Collections.Generic.List`1+Enumerator[int]</c>.</summary>
internal sealed record TypeName(string Definition, ImmutableArray<TypeName> Arguments, string Suffix);

/// <summary>A type's definition and the assembly that has it.</summary>
internal sealed record DefinedType(MetadataReader Reader, TypeDefinitionHandle Handle, string Assembly, string Name)
{
    public TypeDefinition Definition => Reader.GetTypeDefinition(Handle);

    public bool IsValueType
    {
        get
        {
            var parent = Definition.BaseType;
            var name = parent.IsNil ? "" : parent.Kind switch
            {
                HandleKind.TypeReference => Reader.GetString(Reader.GetTypeReference((TypeReferenceHandle)parent).Name),
                HandleKind.TypeDefinition => Reader.GetString(Reader.GetTypeDefinition((TypeDefinitionHandle)parent).Name),
                _ => "",
            };
            return name is "ValueType" or "Enum" && Name is not "System.Enum";
        }
    }
}

/// <summary>The types of a folder of assemblies, by name.</summary>
internal sealed class TrimmedAssemblies
{
    private readonly Dictionary<string, List<DefinedType>> _types = new(StringComparer.Ordinal);
    private readonly List<MetadataReader> _own = [];

    /// <summary>What is written here, not the framework.</summary>
    public IReadOnlyList<MetadataReader> Own => _own;

    public TrimmedAssemblies(string folder)
    {
        foreach (var file in Directory.GetFiles(folder, "*.dll").Order(StringComparer.Ordinal))
        {
            var portable = new PEReader(File.OpenRead(file));
            if (!portable.HasMetadata)
            {
                continue;
            }

            var reader = portable.GetMetadataReader();
            if (Path.GetFileName(file).StartsWith("ruche", StringComparison.OrdinalIgnoreCase))
            {
                _own.Add(reader);
            }

            foreach (var handle in reader.TypeDefinitions)
            {
                var type = new DefinedType(reader, handle, Path.GetFileNameWithoutExtension(file), NameOf(reader, handle));
                if (!_types.TryGetValue(type.Name, out var same))
                {
                    _types[type.Name] = same = [];
                }

                same.Add(type);
            }
        }
    }

    public IReadOnlyList<DefinedType> Find(string name) => _types.TryGetValue(name, out var found) ? found : [];

    public static string NameOf(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? NameOf(reader, outer) + "+" + reader.GetString(type.Name)
            : Qualified(reader, type.Namespace, type.Name);
    }

    public static string NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? NameOf(reader, (TypeReferenceHandle)type.ResolutionScope) + "+" + reader.GetString(type.Name)
            : Qualified(reader, type.Namespace, type.Name);
    }

    private static string Qualified(MetadataReader reader, StringHandle space, StringHandle name)
        => space.IsNil ? reader.GetString(name) : reader.GetString(space) + "." + reader.GetString(name);
}

/// <summary>
/// Tells which enumerations a name may mean: the runtime writes the number behind an enumeration, <c>Dictionary`2[System.__Canon,int]</c>, where code
/// is wanted for the enumeration. Those that own code names as arguments of the same type are meant, and for the command line every one.
/// </summary>
internal sealed class EnumerationUses : ISignatureTypeProvider<EnumerationUses.Written, object?>
{
    private readonly TrimmedAssemblies _assemblies;
    private readonly Dictionary<string, HashSet<string>> _meant = new(StringComparer.Ordinal);
    private readonly HashSet<(string Number, string Enumeration)> _compared = [];
    private readonly HashSet<(string Number, string Enumeration)> _options = [];

    public EnumerationUses(TrimmedAssemblies assemblies)
    {
        _assemblies = assemblies;
        foreach (var reader in assemblies.Own)
        {
            for (var row = 1; row <= reader.GetTableRowCount(TableIndex.TypeSpec); row++)
            {
                Note(reader.GetTypeSpecification(MetadataTokens.TypeSpecificationHandle(row)).DecodeSignature(this, null));
            }

            for (var row = 1; row <= reader.GetTableRowCount(TableIndex.MethodSpec); row++)
            {
                foreach (var argument in reader.GetMethodSpecification(MetadataTokens.MethodSpecificationHandle(row)).DecodeSignature(this, null))
                {
                    Note(argument);
                }
            }
        }
    }

    /// <summary>A type as it is told, and as it is meant.</summary>
    internal sealed record Written(string Told, string Meant, bool IsReference = false, string? Enumeration = null)
    {
        public string ToldAsArgument => IsReference ? "System.__Canon" : Told;

        public string MeantAsArgument => IsReference ? "System.__Canon" : Meant;
    }

    /// <summary>The names that a name may stand for as well.</summary>
    public IEnumerable<string> Of(string name)
    {
        var open = name.IndexOf('[');
        if (open < 0)
        {
            return [];
        }

        if (name.StartsWith("System.CommandLine.", StringComparison.Ordinal))
        {
            return Substituted(name, _options);
        }

        if (name.Contains("EqualityComparer`1[", StringComparison.Ordinal))
        {
            return Substituted(name, _compared);
        }

        var arguments = name[open..(Math.Max(name.IndexOf(']', open), open) + 1)];
        var outer = name[..open].Split('+')[0];
        return _meant.TryGetValue(outer + arguments, out var known) ? known.Select(meant => name.Replace(arguments, meant, StringComparison.Ordinal)) : [];
    }

    private static IEnumerable<string> Substituted(string name, IEnumerable<(string Number, string Enumeration)> enumerations)
        => enumerations.Select(e => Regex.Replace(name, $@"(?<=[\[,]){e.Number}(?=[\],])", e.Enumeration)).Where(meant => meant != name);

    private void Note(Written type)
    {
        var open = type.Told.IndexOf('[');
        if (type.Told == type.Meant || open < 0)
        {
            return;
        }

        if (!_meant.TryGetValue(type.Told, out var known))
        {
            _meant[type.Told] = known = new(StringComparer.Ordinal);
        }

        known.Add(type.Meant[type.Meant.IndexOf('[')..]);
    }

    private static string Number(Written type) => type.Told.StartsWith("System.Nullable`1[", StringComparison.Ordinal) ? type.Told["System.Nullable`1[".Length..^1] : type.Told;

    private Written Named(string name)
    {
        if (_assemblies.Find(name) is not [var type, ..])
        {
            return new(name, name, IsReference: true);
        }

        if (!type.IsValueType)
        {
            return new(name, name, IsReference: true);
        }

        var number = type.Definition.GetFields()
            .Select(type.Reader.GetFieldDefinition)
            .Where(field => type.Reader.GetString(field.Name) == "value__")
            .Select(field => field.DecodeSignature(this, null).Told)
            .FirstOrDefault();
        if (number is null)
        {
            return new(name, name);
        }

        return new(number, name, Enumeration: name);
    }

    public Written GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode switch
    {
        PrimitiveTypeCode.Boolean => new("bool", "bool"),
        PrimitiveTypeCode.Char => new("char", "char"),
        PrimitiveTypeCode.SByte => new("byte", "sbyte"),
        PrimitiveTypeCode.Byte => new("ubyte", "byte"),
        PrimitiveTypeCode.Int16 => new("short", "short"),
        PrimitiveTypeCode.UInt16 => new("ushort", "ushort"),
        PrimitiveTypeCode.Int32 => new("int", "int"),
        PrimitiveTypeCode.UInt32 => new("uint", "uint"),
        PrimitiveTypeCode.Int64 => new("long", "long"),
        PrimitiveTypeCode.UInt64 => new("ulong", "ulong"),
        PrimitiveTypeCode.String or PrimitiveTypeCode.Object => new("System.__Canon", "System.__Canon", IsReference: true),
        _ => new("nint", "nint"),
    };

    public Written GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Named(TrimmedAssemblies.NameOf(reader, handle));

    public Written GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Named(TrimmedAssemblies.NameOf(reader, handle));

    public Written GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
        => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public Written GetGenericInstantiation(Written genericType, ImmutableArray<Written> typeArguments)
    {
        Written type = new(
            $"{genericType.Told}[{string.Join(',', typeArguments.Select(argument => argument.ToldAsArgument))}]",
            $"{genericType.Meant}[{string.Join(',', typeArguments.Select(argument => argument.MeantAsArgument))}]",
            genericType.IsReference);
        Note(type);
        var compared = genericType.Meant.Contains("Dictionary`2", StringComparison.Ordinal) || genericType.Meant.Contains("EqualityComparer`1", StringComparison.Ordinal);
        foreach (var argument in typeArguments)
        {
            if (argument.Enumeration is not null && (compared || genericType.Meant.StartsWith("System.CommandLine.", StringComparison.Ordinal)))
            {
                (compared ? _compared : _options).Add((Number(argument), argument.Enumeration));
            }
        }

        return type with { Enumeration = genericType.Meant == "System.Nullable`1" ? typeArguments[0].Enumeration : null };
    }

    public Written GetSZArrayType(Written elementType) => new(elementType.Told + "[]", elementType.Meant + "[]", IsReference: true);

    public Written GetArrayType(Written elementType, ArrayShape shape) => GetSZArrayType(elementType);

    public Written GetByReferenceType(Written elementType) => elementType;

    public Written GetPointerType(Written elementType) => new("nint", "nint");

    public Written GetPinnedType(Written elementType) => elementType;

    public Written GetFunctionPointerType(MethodSignature<Written> signature) => new("nint", "nint");

    public Written GetGenericTypeParameter(object? genericContext, int index) => new("System.__Canon", "System.__Canon", IsReference: true);

    public Written GetGenericMethodParameter(object? genericContext, int index) => new("System.__Canon", "System.__Canon", IsReference: true);

    public Written GetModifiedType(Written modifier, Written unmodifiedType, bool isRequired) => unmodifiedType;
}

/// <summary>Writes types and signatures with the profile's own references.</summary>
internal sealed class Signatures(MetadataBuilder metadata, TrimmedAssemblies assemblies) : ISignatureTypeProvider<byte[], string>
{
    private readonly Dictionary<string, EntityHandle> _references = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AssemblyReferenceHandle> _assemblies = new(StringComparer.Ordinal);

    /// <summary>A type of a name; <paramref name="which"/> of several of that name.</summary>
    public byte[] Type(TypeName name, DefinedType? which = null)
    {
        var type = which is not null ? Class(Reference(which), which.IsValueType) : name.Definition switch
        {
            "bool" => [(byte)SignatureTypeCode.Boolean],
            "char" => [(byte)SignatureTypeCode.Char],
            "sbyte" => [(byte)SignatureTypeCode.SByte],
            "byte" or "ubyte" => [(byte)SignatureTypeCode.Byte],
            "short" => [(byte)SignatureTypeCode.Int16],
            "ushort" => [(byte)SignatureTypeCode.UInt16],
            "int" => [(byte)SignatureTypeCode.Int32],
            "uint" => [(byte)SignatureTypeCode.UInt32],
            "long" => [(byte)SignatureTypeCode.Int64],
            "ulong" => [(byte)SignatureTypeCode.UInt64],
            "nint" => [(byte)SignatureTypeCode.IntPtr],
            "nuint" => [(byte)SignatureTypeCode.UIntPtr],
            "float" => [(byte)SignatureTypeCode.Single],
            "double" => [(byte)SignatureTypeCode.Double],
            "System.__Canon" => Class(Canonical(), false),
            _ => assemblies.Find(name.Definition) is [var first, ..]
                ? Class(Reference(first), first.IsValueType)
                : throw new KeyNotFoundException(name.Definition),
        };
        if (name.Arguments.Length > 0)
        {
            type = GetGenericInstantiation(type, [.. name.Arguments.Select(argument => Type(argument))]);
        }

        return name.Suffix == "[]" ? GetSZArrayType(type) : type;
    }

    public EntityHandle Reference(DefinedType type)
    {
        var key = type.Assembly + "|" + type.Name;
        if (_references.TryGetValue(key, out var known))
        {
            return known;
        }

        var definition = type.Definition;
        EntityHandle scope = definition.GetDeclaringType() is { IsNil: false } outer
            ? Reference(new DefinedType(type.Reader, outer, type.Assembly, TrimmedAssemblies.NameOf(type.Reader, outer)))
            : Assembly(type.Assembly);
        return _references[key] = metadata.AddTypeReference(
            scope,
            metadata.GetOrAddString(type.Reader.GetString(definition.Namespace)),
            metadata.GetOrAddString(type.Reader.GetString(definition.Name)));
    }

    public byte[] Method(MethodDefinition method, string assembly)
    {
        var signature = method.DecodeSignature(this, assembly);
        return Encode(signature);
    }

    private static byte[] Encode(MethodSignature<byte[]> signature)
    {
        var blob = new BlobBuilder();
        blob.WriteByte(signature.Header.RawValue);
        if (signature.GenericParameterCount > 0)
        {
            blob.WriteCompressedInteger(signature.GenericParameterCount);
        }

        blob.WriteCompressedInteger(signature.ParameterTypes.Length);
        blob.WriteBytes(signature.ReturnType);
        foreach (var parameter in signature.ParameterTypes)
        {
            blob.WriteBytes(parameter);
        }

        return blob.ToArray();
    }

    // The type that stands for every reference type lives, for a profile, in an assembly of its own.
    private EntityHandle Canonical()
        => _references.TryGetValue("System.__Canon", out var known)
            ? known
            : _references["System.__Canon"] = metadata.AddTypeReference(
                Assembly("System.Private.Canon"), metadata.GetOrAddString("System"), metadata.GetOrAddString("__Canon"));

    private AssemblyReferenceHandle Assembly(string name)
        => _assemblies.TryGetValue(name, out var known)
            ? known
            : _assemblies[name] = metadata.AddAssemblyReference(metadata.GetOrAddString(name), new Version(0, 0, 0, 0), default, default, default, default);

    private static byte[] Class(EntityHandle type, bool isValueType)
    {
        var blob = new BlobBuilder();
        blob.WriteByte(isValueType ? (byte)SignatureTypeKind.ValueType : (byte)SignatureTypeKind.Class);
        blob.WriteCompressedInteger(CodedIndex.TypeDefOrRef(type));
        return blob.ToArray();
    }

    private static byte[] Prefixed(SignatureTypeCode code, params byte[][] rest) => [(byte)code, .. rest.SelectMany(part => part)];

    private static byte[] Number(int value)
    {
        var blob = new BlobBuilder();
        blob.WriteCompressedInteger(value);
        return blob.ToArray();
    }

    public byte[] GetPrimitiveType(PrimitiveTypeCode typeCode) => [(byte)typeCode];

    public byte[] GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        => Named(TrimmedAssemblies.NameOf(reader, handle), reader.GetString(reader.GetAssemblyDefinition().Name));

    public byte[] GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
        => Named(TrimmedAssemblies.NameOf(reader, handle), "");

    public byte[] GetTypeFromSpecification(MetadataReader reader, string genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
        => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    private byte[] Named(string name, string assembly)
    {
        var found = assemblies.Find(name);
        var type = found.FirstOrDefault(candidate => candidate.Assembly == assembly)
            ?? (found is [var first, ..] ? first : throw new KeyNotFoundException(name));
        return Class(Reference(type), type.IsValueType);
    }

    public byte[] GetGenericInstantiation(byte[] genericType, ImmutableArray<byte[]> typeArguments)
        => Prefixed(SignatureTypeCode.GenericTypeInstance, [genericType, Number(typeArguments.Length), .. typeArguments]);

    public byte[] GetSZArrayType(byte[] elementType) => Prefixed(SignatureTypeCode.SZArray, elementType);

    public byte[] GetArrayType(byte[] elementType, ArrayShape shape)
        => Prefixed(SignatureTypeCode.Array, elementType, Number(shape.Rank), Number(0), Number(0));

    public byte[] GetByReferenceType(byte[] elementType) => Prefixed(SignatureTypeCode.ByReference, elementType);

    public byte[] GetPointerType(byte[] elementType) => Prefixed(SignatureTypeCode.Pointer, elementType);

    public byte[] GetPinnedType(byte[] elementType) => Prefixed(SignatureTypeCode.Pinned, elementType);

    public byte[] GetFunctionPointerType(MethodSignature<byte[]> signature) => Prefixed(SignatureTypeCode.FunctionPointer, Encode(signature));

    public byte[] GetGenericTypeParameter(string genericContext, int index) => Prefixed(SignatureTypeCode.GenericTypeParameter, Number(index));

    public byte[] GetGenericMethodParameter(string genericContext, int index) => Prefixed(SignatureTypeCode.GenericMethodParameter, Number(index));

    // The modifier stands as a class or value type; only its token is wanted.
    public byte[] GetModifiedType(byte[] modifier, byte[] unmodifiedType, bool isRequired)
        => Prefixed(isRequired ? SignatureTypeCode.RequiredModifier : SignatureTypeCode.OptionalModifier, modifier[1..], unmodifiedType);
}

/// <summary>The assembly that names methods.</summary>
internal sealed class Profile
{
    private readonly MetadataBuilder _metadata = new();
    private readonly TrimmedAssemblies _assemblies;
    private readonly Signatures _signatures;
    private readonly BlobBuilder _code = new();
    private readonly List<(string Assemblies, EntityHandle Method)> _methods = [];
    private readonly HashSet<EntityHandle> _seen = [];

    public Profile(TrimmedAssemblies assemblies)
    {
        _assemblies = assemblies;
        _signatures = new Signatures(_metadata, assemblies);
    }

    public int Methods => _methods.Count;

    public List<string> Unknown { get; } = [];

    /// <summary>Adds every method of a name with as many parameters: which of several is meant does not matter.</summary>
    public void Add(string name)
    {
        try
        {
            var position = 0;
            var type = ReadType(name, ref position);
            if (position >= name.Length || name[position] != ':')
            {
                Unknown.Add(name);
                return;
            }

            position++;
            var method = ReadUntil(name, ref position, "[(");
            ImmutableArray<TypeName> arguments = name[position] == '[' ? ReadArguments(name, ref position) : [];
            var parameters = CountParameters(name[position..]);
            var before = _methods.Count;
            foreach (var defined in _assemblies.Find(type.Definition))
            {
                foreach (var handle in defined.Definition.GetMethods())
                {
                    var definition = defined.Reader.GetMethodDefinition(handle);
                    if (defined.Reader.GetString(definition.Name) == method
                        && definition.GetGenericParameters().Count == arguments.Length
                        && definition.DecodeSignature(_signatures, "").ParameterTypes.Length == parameters)
                    {
                        Add(defined, type, definition, arguments);
                    }
                }
            }

            if (_methods.Count == before)
            {
                Unknown.Add(name);
            }
        }
        catch (Exception e) when (e is KeyNotFoundException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            // A type that was trimmed away; or a line that two processes wrote at once.
            Unknown.Add(name);
        }
    }

    private void Add(DefinedType defined, TypeName type, MethodDefinition definition, ImmutableArray<TypeName> arguments)
    {
        EntityHandle owner = type.Arguments.Length == 0
            ? _signatures.Reference(defined)
            : _metadata.AddTypeSpecification(_metadata.GetOrAddBlob(_signatures.Type(type, defined)));
        EntityHandle method = _metadata.AddMemberReference(
            owner,
            _metadata.GetOrAddString(defined.Reader.GetString(definition.Name)),
            _metadata.GetOrAddBlob(_signatures.Method(definition, defined.Assembly)));
        if (arguments.Length > 0)
        {
            var blob = new BlobBuilder();
            blob.WriteByte((byte)SignatureKind.MethodSpecification);
            blob.WriteCompressedInteger(arguments.Length);
            foreach (var argument in arguments)
            {
                blob.WriteBytes(_signatures.Type(argument));
            }

            method = _metadata.AddMethodSpecification(method, _metadata.GetOrAddBlob(blob));
        }

        if (_seen.Add(method))
        {
            var others = type.Arguments.Concat(arguments).SelectMany(Assemblies).Where(other => other != defined.Assembly);
            _methods.Add((string.Join(';', [defined.Assembly, .. others.Distinct().Order(StringComparer.Ordinal)]) + ";", method));
        }
    }

    private IEnumerable<string> Assemblies(TypeName type)
        => [.. _assemblies.Find(type.Definition).Take(1).Select(found => found.Assembly), .. type.Arguments.SelectMany(Assemblies)];

    public void Write(string path)
    {
        var bodies = new MethodBodyStreamEncoder(_code);
        var signature = new BlobBuilder();
        new BlobEncoder(signature).MethodSignature().Parameters(0, result => result.Void(), _ => { });
        var noParameters = _metadata.GetOrAddBlob(signature);
        var groups = _methods.GroupBy(method => method.Assemblies).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        var dictionary = new InstructionEncoder(new BlobBuilder());
        foreach (var group in groups)
        {
            var body = new InstructionEncoder(new BlobBuilder());
            foreach (var (_, method) in group)
            {
                body.OpCode(ILOpCode.Ldtoken);
                body.Token(method);
                body.OpCode(ILOpCode.Pop);
            }

            body.OpCode(ILOpCode.Ret);
            var handle = AddMethod("Assemblies_" + group.Key, bodies.AddMethodBody(body));
            dictionary.LoadString(_metadata.GetOrAddUserString(group.Key));
            dictionary.OpCode(ILOpCode.Ldtoken);
            dictionary.Token(handle);
            dictionary.OpCode(ILOpCode.Pop);
        }

        dictionary.OpCode(ILOpCode.Ret);
        AddMethod("AssemblyDictionary", bodies.AddMethodBody(dictionary));
        _metadata.AddTypeDefinition(default, default, _metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        _metadata.AddModule(0, _metadata.GetOrAddString("Startup.mibc"), _metadata.GetOrAddGuid(new Guid("5f1d2c3b-7a64-4c8e-9f0a-2b6d8e4c1a37")), default, default);
        _metadata.AddAssembly(_metadata.GetOrAddString("Startup"), new Version(0, 0, 0, 0), default, default, default, AssemblyHashAlgorithm.None);
        var image = new ManagedPEBuilder(
            new PEHeaderBuilder(imageCharacteristics: Characteristics.ExecutableImage | Characteristics.Dll),
            new MetadataRootBuilder(_metadata),
            _code,
            flags: CorFlags.ILOnly,
            deterministicIdProvider: _ => new BlobContentId(new Guid("5f1d2c3b-7a64-4c8e-9f0a-2b6d8e4c1a37"), 0x20000000));
        var bytes = new BlobBuilder();
        image.Serialize(bytes);
        File.WriteAllBytes(path, bytes.ToArray());

        MethodDefinitionHandle AddMethod(string name, int body)
            => _metadata.AddMethodDefinition(MethodAttributes.Public | MethodAttributes.Static, MethodImplAttributes.IL, _metadata.GetOrAddString(name), noParameters, body, default);
    }

    private static TypeName ReadType(string text, ref int position)
    {
        var name = ReadUntil(text, ref position, "[],:(");
        ImmutableArray<TypeName> arguments = [];
        if (position + 1 < text.Length && text[position] == '[' && text[position + 1] != ']')
        {
            arguments = ReadArguments(text, ref position);
        }

        var suffix = "";
        if (text.AsSpan(position).StartsWith("[]"))
        {
            suffix = "[]";
            position += 2;
        }

        return new TypeName(name, arguments, suffix);
    }

    private static ImmutableArray<TypeName> ReadArguments(string text, ref int position)
    {
        var arguments = ImmutableArray.CreateBuilder<TypeName>();
        do
        {
            position++;
            arguments.Add(ReadType(text, ref position));
        }
        while (position < text.Length && text[position] == ',');

        position++;
        return arguments.ToImmutable();
    }

    private static string ReadUntil(string text, ref int position, string ends)
    {
        var start = position;
        while (position < text.Length && !ends.Contains(text[position]))
        {
            position++;
        }

        return text[start..position];
    }

    // (System.Span`1[char],byref):bool:this has two.
    private static int CountParameters(string text)
    {
        var (depth, count) = (0, 0);
        for (var i = 1; i < text.Length && !(depth == 0 && text[i] == ')'); i++)
        {
            depth += text[i] is '[' or '(' ? 1 : text[i] is ']' or ')' ? -1 : 0;
            count += depth == 0 && text[i] == ',' ? 1 : 0;
        }

        return text.StartsWith("()", StringComparison.Ordinal) ? 0 : count + 1;
    }
}
