// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;

/// <summary>The kernel's types that an object speaks of, as its C# declares them: the object asks for their fields by name.</summary>
internal sealed class KernelTypeTable
{
    private readonly Dictionary<string, StructShape> _structs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, BtfMember>> _bitFields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Size, SortedDictionary<string, ulong> Values)> _enums = new(StringComparer.Ordinal);

    // Fields that are structs themselves.
    private readonly Dictionary<FieldAddress, StructShape> _embedded = new(ReferenceEqualityComparer.Instance);

    private readonly Dictionary<string, ImmutableArray<ClrType>> _functions = new(StringComparer.Ordinal);

    /// <summary>Notes how C# declares a function of the kernel: what it returns, then what it takes.</summary>
    public void Declare(string function, ImmutableArray<ClrType> signature) => _functions.TryAdd(function, signature);

    /// <summary>A name without the word that C puts before it.</summary>
    public static string Plain(string name) => name[(name.LastIndexOf(' ') + 1)..];

    public string NameOf(StructShape shape)
    {
        string name = Plain(shape.KernelName!);
        _structs.TryAdd(name, shape);
        return name;
    }

    /// <summary>The address of a field; a field of a field is found in one go.</summary>
    public FieldAddress Field(Operand holder, IrWriter ir, StructShape shape, FieldShape field)
    {
        string name = NameOf(shape);
        var address = holder is { Offset: 0, Value: FieldAddress outer } && _embedded.TryGetValue(outer, out var embedded) && embedded == shape
            ? new FieldAddress(outer.Address, $"{outer.Field}.{field.Name}")
            : new FieldAddress(ir.AddressOf(holder), $"{name}.{field.Name}");
        if (field.Type is ClrType.Struct inner) _embedded.Add(address, inner.Shape);
        return address;
    }

    /// <summary>The word that a bit field lies in, and what the field is called.</summary>
    public (Value Word, string Field) BitField(Operand holder, IrWriter ir, CalledMethod called, AttributeMark mark)
    {
        var shape = ((ClrType.Struct)((ClrType.Address)holder.Type).Target).Shape;
        string name = NameOf(shape);
        string field = (string)mark.Arguments[0]!;
        var type = (ClrType.Number)called.Signature.ReturnType;
        if (!_bitFields.TryGetValue(name, out var fields)) _bitFields.Add(name, fields = []);
        fields[field] = new(field, type.Bits, (int)mark.Arguments[1]!, (int)mark.Arguments[2]!);
        string path = $"{name}.{field}";
        var place = ir.Add(new Binary(BinaryOperator.Add, ir.AddressOf(holder), ir.Add(new KernelQuestion(CoreRelocationKind.FieldByteOffset, path))));
        return (ir.Resized(ir.Add(new Load(type.InMemory, place)), IrType.I64, false), path);
    }

    public string Enumerator(ClrType.Number type, string kernelName, string value)
    {
        string name = Plain(kernelName);
        if (!_enums.TryGetValue(name, out var known)) _enums.Add(name, known = (type.Bits / 8, new SortedDictionary<string, ulong>(StringComparer.Ordinal)));
        known.Values[value] = 0;
        return $"{name}.{value}";
    }

    /// <summary>The types as BTF; null when there are none.</summary>
    public BtfSpec? Build()
    {
        if (_structs.Count == 0 && _enums.Count == 0 && _functions.Count == 0) return null;
        BtfTypeWriter writer = new(_bitFields);
        foreach (var (name, shape) in _structs) writer.Add(name, shape);
        foreach (var (name, (size, values)) in _enums) writer.Add(name, size, values);
        foreach (var (name, signature) in _functions) writer.AddFunction(name, signature);
        return writer.Build();
    }
}
