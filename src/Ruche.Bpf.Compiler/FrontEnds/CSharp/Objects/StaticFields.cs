// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Reflection.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;

/// <summary>What static fields stand for: maps, global variables, and constants that the compiler put into the assembly.</summary>
internal sealed class StaticFields(ObjectTranslator translator, DataSections sections)
{
    private const string Map = "Ruche.Bpf.Kernel.BpfMapAttribute";

    private readonly Dictionary<string, string> _maps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DataPlace> _variables = new(StringComparer.Ordinal);

    // What is no map and no variable: that is said once.
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);

    private readonly List<(FieldDefinitionHandle Field, SourceLine? Line)> _stores = [];
    private readonly Dictionary<FieldDefinitionHandle, (DataPlace Place, int Size)> _places = [];

    /// <summary>The fields that are written to, and where, in the order of the code.</summary>
    public IReadOnlyList<(FieldDefinitionHandle Field, SourceLine? Line)> Stores => _stores;

    /// <summary>Where the variables are of the assembly that is compiled.</summary>
    public IEnumerable<(FieldDefinitionHandle Field, DataPlace Place, int Size)> Places() => _places.Select(p => (p.Key, p.Value.Place, p.Value.Size));

    /// <summary>Notes that a field is written to.</summary>
    public void Note(MethodInstance from, EntityHandle token, SourceLine? line)
    {
        var (assembly, handle, _) = Find(from, token);
        if (translator.IsInitialized(assembly, handle)) _stores.Add((handle, line));
    }

    /// <summary>Whether a field has been refused already. It is told where it is used, when nobody knows where it is declared.</summary>
    public bool IsRefused(MethodInstance from, EntityHandle token, SourceLine? line)
    {
        if (_refused.Count == 0) return false;
        var (assembly, handle, _) = Find(from, token);
        if (!_refused.Contains(KeyOf(assembly, handle))) return false;
        translator.Locate(NameOf(assembly.Reader.GetString(assembly.Reader.GetFieldDefinition(handle).Name)), line);
        return true;
    }

    public Operand Read(MethodInstance from, EntityHandle token, IrWriter ir)
    {
        var (assembly, handle, type) = Find(from, token);
        return type is ClrType.Map ? new(ir.Add(new MapReference(MapAt(assembly, handle, type))), type) : ir.Load(At(assembly, handle, type, ir), type);
    }

    public Operand AddressOf(MethodInstance from, EntityHandle token, IrWriter ir)
    {
        var (assembly, handle, type) = Find(from, token);
        if (type is not ClrType.Map) return At(assembly, handle, type, ir);
        Operand holder = new(ir.Slot(type), new ClrType.Address(type));
        ir.Store(holder, Read(from, token, ir), type);
        return holder;
    }

    /// <summary>The name of the map that a field is; declares it when it is new.</summary>
    public string MapAt(MetadataAssembly assembly, FieldDefinitionHandle handle, ClrType type)
    {
        string key = KeyOf(assembly, handle);
        if (_maps.TryGetValue(key, out string? known)) return known;
        _refused.Add(key);
        var field = assembly.Reader.GetFieldDefinition(handle);
        string name = assembly.Reader.GetString(field.Name);
        if (AttributeMarks.Find(assembly, field.GetCustomAttributes(), Map) is not { } mark)
            throw new CSharpException(DeclarationRefusals.UnmarkedMap(name));
        _maps.Add(key, translator.DeclareMap(mark.Text("Name") ?? name, (ClrType.Map)type, mark, AttributeMarks.Of(assembly, field.GetCustomAttributes()).Where(m => m.Name == StructOpsValues.Mark)));
        _refused.Remove(key);
        return _maps[key];
    }

    /// <summary>Where the variable lies that a field is; makes room for it when it is new.</summary>
    public DataPlace VariableAt(MetadataAssembly assembly, FieldDefinitionHandle handle, ClrType type)
    {
        string key = KeyOf(assembly, handle);
        if (_variables.TryGetValue(key, out var known)) return known;
        _refused.Add(key);
        var place = Place(assembly, handle, type);
        _variables.Add(key, place);
        if (translator.IsInitialized(assembly, handle)) _places.Add(handle, (place, type.Size));
        _refused.Remove(key);
        return place;
    }

    private DataPlace Place(MetadataAssembly assembly, FieldDefinitionHandle handle, ClrType type)
    {
        var field = assembly.Reader.GetFieldDefinition(handle);
        string name = NameOf(assembly.Reader.GetString(field.Name));
        if (field.GetRelativeVirtualAddress() is > 0 and var image) return sections.Constant(assembly.BytesAt(image, type.Size), type.Size);
        if (type is ClrType.Other && Caching(assembly.Reader.GetString(assembly.Reader.GetTypeDefinition(field.GetDeclaringType()).Name)) is { } cached) throw new CSharpException(cached);
        if (type is ClrType.Other or ClrType.FunctionPointer or ClrType.Address)
            throw new CSharpException(DeclarationRefusals.NoVariable(name, $"{type}"));
        if (type is ClrType.Struct { Shape: { KernelName: not null } shape }) throw new CSharpException(Refusals.KernelCopy(shape.Name));
        bool isReadOnly = (field.Attributes & FieldAttributes.InitOnly) != 0;
        var initial = translator.InitialValueOf(assembly, handle, type);
        return sections.Variable(name, type, isReadOnly, initial);
    }

    /// <summary>The name that was written: of a property's field, the property's.</summary>
    public static string NameOf(string field) => field.StartsWith('<') && field.IndexOf('>', StringComparison.Ordinal) is > 1 and var end ? field[1..end] : field;

    // The compiler keeps delegates, and what is dynamic, in classes of its own.
    private static Refusal? Caching(string type) => type.StartsWith("<>o", StringComparison.Ordinal) ? Refusals.Dynamic : type.StartsWith('<') ? Refusals.DelegateMade : null;

    private Operand At(MetadataAssembly assembly, FieldDefinitionHandle handle, ClrType type, IrWriter ir)
    {
        var place = VariableAt(assembly, handle, type);
        return new(ir.Add(new GlobalAddress(place.Section, place.Offset)), new ClrType.Address(type));
    }

    private static string KeyOf(MetadataAssembly assembly, FieldDefinitionHandle handle) => $"{assembly.Name}!{System.Reflection.Metadata.Ecma335.MetadataTokens.GetToken(handle):x}";

    private (MetadataAssembly Assembly, FieldDefinitionHandle Handle, ClrType Type) Find(MethodInstance from, EntityHandle token)
    {
        var (type, handle) = translator.FieldDefinition(from, token);
        var field = type.Assembly.Reader.GetFieldDefinition(handle);
        return (type.Assembly, handle, field.DecodeSignature(new TypeReader(translator.Types, type.Assembly), new(type.Arguments, [])));
    }
}

/// <summary>A place in a section of global variables.</summary>
internal sealed record DataPlace(string Section, int Offset);
