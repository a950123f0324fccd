// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Instructions;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;

/// <summary>The few methods of the base library that mean something in the kernel.</summary>
internal sealed class KnownMethods(IrWriter ir, ObjectTranslator translator)
{
    private static readonly ClrType Anything = ClrType.Nothing;

    /// <summary>What a call comes to; null when the method is not one of them.</summary>
    public Operand? Call(CalledMethod called, Operand[] given)
    {
        if (!BaseLibraryMethods.Has(called.Type, called.Name, KindOf(called.Signature.ReturnType))) return null;
        foreach (var type in called.MethodArguments.Concat(called.TypeArguments))
        {
            if (type is ClrType.Other other) throw new CSharpException(other.Refusal);
        }

        return Known(called, given);
    }

    private static ReturnKind KindOf(ClrType type) => type switch
    {
        ClrType.Number { Bits: >= 32 } => ReturnKind.Wide,
        ClrType.Number => ReturnKind.Narrow,
        _ => ReturnKind.Other,
    };

    private Operand? Known(CalledMethod called, Operand[] given) => called.Type switch
    {
        "System.Runtime.CompilerServices.Unsafe" => Unsafe(called, given),
        "System.Threading.Interlocked" => Interlocked(called, given),
        "System.Buffers.Binary.BinaryPrimitives" => Reversed(called, given[0]),
        "System.Math" => Math(called, given),
        "System.Numerics.BitOperations" => Bits(called, given),
        "System.Span`1" or "System.ReadOnlySpan`1" => Span(called, given),
        "System.Runtime.InteropServices.MemoryMarshal" => Marshal(called, given),
        "System.Runtime.CompilerServices.RuntimeHelpers" => Constants(called, given[0]),
        _ => Tuple(called, given),
    };

    private static ClrType.Address To(ClrType target) => new ClrType.Address(target);

    private Operand? Unsafe(CalledMethod called, Operand[] given)
    {
        var own = called.MethodArguments;
        switch (called.Name)
        {
            case "As" or "AsRef" or "AsPointer":
                return given[0].Type is ClrType.Address ? given[0] with { Type = called.Signature.ReturnType } : null;
            case "Add" or "AddByteOffset" or "Subtract" or "SubtractByteOffset":
                int scale = called.Name.EndsWith("ByteOffset", StringComparison.Ordinal) ? 1 : own[0].Size;
                return Moved(given[0], given[1], called.Name.StartsWith("Sub", StringComparison.Ordinal) ? -scale : scale);
            case "ByteOffset":
                return new(ir.Add(new Binary(BinaryOperator.Sub, ir.AddressOf(given[1]), ir.AddressOf(given[0]))), called.Signature.ReturnType);
            case "SizeOf":
                return new(new Constant(IrType.I32, own[0].Size), ClrType.Int32);
            case "NullRef":
                return new(new Constant(IrType.PointerTo(AddressSpace.Any), 0), To(own[0]));
            case "IsNullRef":
                return Condition(new Compare(Comparison.Equal, ir.AddressOf(given[0]), new Constant(IrType.I64, 0)));
            case "AreSame":
                return Condition(new Compare(Comparison.Equal, ir.AddressOf(given[0]), ir.AddressOf(given[1])));
            case "Read" or "ReadUnaligned":
                return ir.Load(given[0], own[0]);
            case "Write" or "WriteUnaligned":
                ir.Store(given[0], given[1], own[0]);
                return default(Operand);
            case "SkipInit":
                return default(Operand);
            default:
                return null;
        }
    }

    private Operand Condition(Compare compare) => new(ir.Add(new Convert(Conversion.ZeroExtend, IrType.I32, ir.Add(compare))), ClrType.Boolean);

    /// <summary>An address moved by some elements.</summary>
    private Operand Moved(Operand address, Operand count, int scale)
    {
        var number = ir.Number(count, IrType.I64);
        if (number is Constant constant && address.Offset + constant.Signed * scale is >= short.MinValue and <= short.MaxValue and var offset) return address with { Offset = (int)offset };
        var bytes = scale == 1 ? number : ir.Add(new Binary(BinaryOperator.Mul, number, new Constant(IrType.I64, scale)));
        return new(ir.Add(new Binary(BinaryOperator.Add, ir.AddressOf(address), bytes)), address.Type);
    }

    private Operand? Interlocked(CalledMethod called, Operand[] given)
    {
        var type = called.Signature.ReturnType;
        if (called.Name is "Read") return ir.Load(given[0], type);
        var value = given.Length > 1 ? ir.Number(given[1], type.OnStack) : new Constant(type.OnStack, called.Name is "Decrement" ? -1 : 1);
        if (called.Name is "CompareExchange") return new(ir.Add(new Atomic(given[0].Value, given[0].Offset, ir.Number(given[2], type.OnStack), value)), type);
        AtomicOperation? operation = called.Name switch
        {
            "Add" or "Increment" or "Decrement" => AtomicOperation.Add,
            "And" => AtomicOperation.And,
            "Or" => AtomicOperation.Or,
            "Exchange" => AtomicOperation.Exchange,
            _ => null,
        };
        if (operation is not { } atomic) return null;
        Value before = ir.Add(new Atomic(atomic, given[0].Value, given[0].Offset, value));

        // What C# returns is the sum; the kernel returns what was there before.
        return new(atomic is AtomicOperation.Add ? ir.Add(new Binary(BinaryOperator.Add, before, value)) : before, type);
    }

    private Operand? Reversed(CalledMethod called, Operand value)
    {
        if (called.Signature.ReturnType is not ClrType.Number type) return null;
        return new(type.Bits == 8 ? value.Value : ir.Widened(ir.Add(new SwapBytes(ir.Number(value, type.InMemory))), type), type);
    }

    private Operand? Math(CalledMethod called, Operand[] given)
    {
        if (called.Signature.ReturnType is not ClrType.Number type) return null;
        var first = ir.Number(given[0], type.OnStack);
        switch (called.Name)
        {
            case "Min" or "Max":
                return new(Lesser(first, ir.Number(given[1], type.OnStack), type, called.Name == "Min"), type);
            case "Clamp":
                var least = Lesser(first, ir.Number(given[1], type.OnStack), type, isLess: false);
                return new(Lesser(least, ir.Number(given[2], type.OnStack), type, isLess: true), type);
            case "Abs":
                var isNegative = ir.Add(new Compare(Comparison.Less, first, new Constant(first.Type, 0)));
                var negated = ir.Add(new Binary(BinaryOperator.Sub, new Constant(first.Type, 0), first));
                return new(ir.Add(new Select(isNegative, negated, first)), type);
            default:
                return null;
        }
    }

    private Select Lesser(Value one, Value other, ClrType.Number type, bool isLess)
    {
        var relation = (type.IsSigned, isLess) switch
        {
            (true, true) => Comparison.Less,
            (true, false) => Comparison.Greater,
            (false, true) => Comparison.Below,
            (false, false) => Comparison.Above,
        };
        return ir.Add(new Select(ir.Add(new Compare(relation, one, other)), one, other));
    }

    private Operand? Bits(CalledMethod called, Operand[] given)
    {
        if (called.Signature.ReturnType is not ClrType.Number type) return null;
        var value = ir.Number(given[0], type.OnStack);
        var count = ir.Number(given[1], type.OnStack);
        bool isLeft = called.Name == "RotateLeft";
        var rest = ir.Add(new Binary(BinaryOperator.And, ir.Add(new Binary(BinaryOperator.Sub, new Constant(type.OnStack, 0), count)), new Constant(type.OnStack, type.Bits - 1)));
        var one = ir.Add(new Binary(isLeft ? BinaryOperator.Shl : BinaryOperator.LShr, value, count));
        var other = ir.Add(new Binary(isLeft ? BinaryOperator.LShr : BinaryOperator.Shl, value, rest));
        return new(ir.Add(new Binary(BinaryOperator.Or, one, other)), type);
    }

    // A span is an address and a length. An index is not compared with the length: whether it fits is proven before the program is loaded.
    private Operand? Span(CalledMethod called, Operand[] given)
    {
        var element = called.TypeArguments[0];
        switch (called.Name)
        {
            case ".ctor" when given.Length == 3 && given[1].Type is ClrType.Address:
                Fill(given[0], given[1], given[2]);
                return default(Operand);
            case ".ctor" when given.Length == 2 && given[1].Type is ClrType.Address:
                Fill(given[0], given[1], new(new Constant(IrType.I32, 1), ClrType.Int32));
                return default(Operand);
            case "get_Item":
                return Moved(ReferenceOf(given[0], element), given[1], element.Size) with { Type = To(element) };
            case "get_Length":
                return LengthOf(given[0]);
            case "get_IsEmpty":
                return Condition(new Compare(Comparison.Equal, LengthOf(given[0]).Value, new Constant(IrType.I32, 0)));
            case "GetPinnableReference":
                return ReferenceOf(given[0], element);
            case "op_Implicit" when given[0].IsStruct:
                return given[0] with { Type = called.Signature.ReturnType };
            case "Slice":
                var length = given.Length == 3 ? given[2] : new(ir.Add(new Binary(BinaryOperator.Sub, LengthOf(given[0]).Value, given[1].Value)), ClrType.Int32);
                return Made(called.Signature.ReturnType, Moved(ReferenceOf(given[0], element), given[1], element.Size), length);
            case "get_Empty":
                return Made(called.Signature.ReturnType, new(new Constant(IrType.PointerTo(AddressSpace.Any), 0), To(element)), new(new Constant(IrType.I32, 0), ClrType.Int32));
            default:
                return null;
        }
    }

    private Operand ReferenceOf(Operand span, ClrType element) => ir.Load(span, To(element));

    private Operand LengthOf(Operand span) => ir.Load(span with { Offset = span.Offset + 8 }, ClrType.Int32);

    private void Fill(Operand span, Operand reference, Operand length)
    {
        ir.Store(span, reference, To(Anything));
        ir.Store(span with { Offset = span.Offset + 8 }, length, ClrType.Int32);
    }

    private Operand Made(ClrType type, Operand reference, Operand length)
    {
        Operand span = new(ir.Slot(type), type);
        Fill(span, reference, length);
        return span;
    }

    private Operand? Marshal(CalledMethod called, Operand[] given) => called.Name switch
    {
        "GetReference" when given[0].IsStruct => ReferenceOf(given[0], called.MethodArguments[0]),
        "CreateSpan" or "CreateReadOnlySpan" => Made(called.Signature.ReturnType, given[0], given[1]),
        _ => null,
    };

    // The bytes of a constant array, which the compiler has put into the assembly.
    private Operand Constants(CalledMethod called, Operand bytes)
    {
        var element = called.MethodArguments[0];
        int count = ((ClrType.Address)bytes.Type).Target.Size / element.Size;
        return Made(called.Signature.ReturnType, bytes with { Type = To(element) }, new(new Constant(IrType.I32, count), ClrType.Int32));
    }

    private Operand Tuple(CalledMethod called, Operand[] given)
    {
        var shape = ((ClrType.Struct)translator.Types.With(new ClrType.Other(called.Type), called.TypeArguments)).Shape;
        for (int i = 0; i < shape.Fields.Length; i++) ir.Store(given[0] with { Offset = given[0].Offset + shape.Fields[i].Offset }, given[i + 1], shape.Fields[i].Type);
        return default;
    }
}
