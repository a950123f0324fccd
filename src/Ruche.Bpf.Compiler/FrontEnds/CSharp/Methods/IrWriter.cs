// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Compiler.Ir;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;

/// <summary>Writes operations into a block, with the line they come from, and turns operands into what operations take.</summary>
internal sealed class IrWriter(Function function)
{
    private static readonly IrType Anywhere = IrType.PointerTo(AddressSpace.Any);

    public Block Block { get; set; } = function.Entry;

    public SourceLine? Line { get; set; }

    public T Add<T>(T operation)
        where T : Operation
    {
        operation.Source = Line;
        return Block.Add(operation);
    }

    /// <summary>Room on the stack; it stands at the function's start.</summary>
    public StackSlot Slot(ClrType type) => Slot(type.Size, Math.Min(8, type.Alignment));

    public StackSlot Slot(int size, int alignment)
    {
        StackSlot slot = new(Math.Max(1, size), alignment);
        function.Entry.Operations.Insert(0, slot);
        return slot;
    }

    /// <summary>The address itself, its distance added.</summary>
    public Value AddressOf(Operand operand) => operand.Offset == 0 ? operand.Value : Add(new Binary(BinaryOperator.Add, operand.Value, new Constant(IrType.I64, operand.Offset)));

    /// <summary>The address as one of which nothing is known, as it is handed on.</summary>
    public Value Anonymous(Operand operand)
    {
        var address = AddressOf(operand);
        return address.Type == Anywhere ? address : Add(new Convert(Conversion.Reinterpret, Anywhere, address));
    }

    /// <summary>What a method computes with, of a value as it stands in memory.</summary>
    public Value Widened(Value value, ClrType type)
    {
        if (type is not ClrType.Number number || value.Type.Bits >= 32) return value;
        return Add(new Convert(number.IsSigned ? Conversion.SignExtend : Conversion.ZeroExtend, IrType.I32, value));
    }

    /// <summary>The operand as it stands in memory.</summary>
    public Value Stored(Operand operand, ClrType type) => type switch
    {
        ClrType.Address when operand.Type is ClrType.Address => Anonymous(operand),
        ClrType.Address when operand.Value is Constant constant => new Constant(Anywhere, constant.Signed),
        ClrType.Address => Add(new Convert(Conversion.Reinterpret, Anywhere, Number(operand, IrType.I64))),
        ClrType.Number => Number(operand, type.InMemory),
        _ => operand.Value,
    };

    /// <summary>The operand as a number of some width.</summary>
    public Value Number(Operand operand, IrType type, bool isSigned = true)
    {
        var value = operand.Value;
        if (operand.Type is ClrType.Address)
        {
            value = AddressOf(operand);
            value = value is Constant ? new Constant(IrType.I64, ((Constant)value).Number) : Add(new Convert(Conversion.Reinterpret, IrType.I64, value));
        }

        return Resized(value, type, isSigned);
    }

    public Value Resized(Value value, IrType type, bool isSigned)
    {
        if (value.Type == type) return value;
        if (value is Constant constant) return new Constant(type, isSigned ? constant.Signed : constant.Number);
        if (type.Bits < value.Type.Bits && value is Convert { Conversion: Conversion.ZeroExtend or Conversion.SignExtend } wide && wide.Operand.Type == type) return wide.Operand;
        var conversion = type.Bits < value.Type.Bits ? Conversion.Truncate : isSigned ? Conversion.SignExtend : Conversion.ZeroExtend;
        return Add(new Convert(conversion, type, value));
    }

    public Value LoadRaw(IrType type, Operand address) => Add(new Load(type, address.Value, address.Offset));

    /// <summary>What stands at an address; a struct stays there until it is copied.</summary>
    public Operand Load(Operand address, ClrType type) => type is ClrType.Struct
        ? new(address.Value, type, address.Offset) { IsShared = true }
        : new(Widened(LoadRaw(type.InMemory, address), type), type);

    public void Store(Operand address, Operand value, ClrType type)
    {
        if (type is ClrType.Struct { Shape: var shape }) Copy(address, value, shape);
        else Add(new Store(address.Value, address.Offset, Stored(value, type)));
    }

    public void Copy(Operand to, Operand from, StructShape shape)
    {
        if (to.Value == from.Value && to.Offset == from.Offset) return;
        foreach (var (offset, type) in shape.Pieces)
        {
            var piece = Add(new Load(type, from.Value, from.Offset + offset));
            Add(new Store(to.Value, to.Offset + offset, piece));
        }
    }

    /// <summary>A copy of a struct in a place of its own.</summary>
    public Operand Copied(Operand value)
    {
        Operand copy = new(Slot(value.Type), value.Type);
        if (value.Shape.HasHoles) Clear(copy, value.Type);
        Copy(copy, value, value.Shape);
        return copy;
    }

    /// <summary>Zeros, the bytes between fields among them.</summary>
    public void Clear(Operand address, ClrType type)
    {
        if (type is not ClrType.Struct { Shape: var shape })
        {
            Add(new Store(address.Value, address.Offset, type.InMemory is IrType.Int ? new Constant(type.InMemory, 0) : new Constant(Anywhere, 0)));
            return;
        }

        foreach (var (offset, piece) in shape.Pieces) Add(new Store(address.Value, address.Offset + offset, new Constant(piece, 0)));
        if (shape.HasHoles) ClearHoles(address, shape);
    }

    private void ClearHoles(Operand address, StructShape shape)
    {
        int end = 0;
        foreach (var (offset, type) in shape.Pieces.Append((shape.Size, IrType.None)))
        {
            ClearBytes(address with { Offset = address.Offset + end }, end, offset - end);
            end = offset + type.Bytes;
        }
    }

    private void ClearBytes(Operand address, int start, int count)
    {
        for (int done = 0; done < count;)
        {
            int bytes = 8;
            while (bytes > count - done || (start + done) % bytes != 0) bytes /= 2;
            Add(new Store(address.Value, address.Offset + done, new Constant(IrType.IntOf(bytes * 8), 0)));
            done += bytes;
        }
    }

    /// <summary>Some bytes set to zero, a word at a time.</summary>
    public void Clear(StackSlot slot, int size) => ClearBytes(new(slot, ClrType.Nothing), 0, size);
}
