// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Moves, arithmetic on numbers, and wide loads.</summary>
internal sealed class Arithmetic(Walk walk)
{
    private readonly PointerArithmetic _pointers = new(walk);
    private readonly Reasoning _how = walk.Profile.Reasoning;

    public void Step(Instruction x)
    {
        switch (x.AluOperation)
        {
            case AluOperation.Mov:
                Move(x);
                break;
            case AluOperation.Neg:
                Negate(x);
                break;
            case AluOperation.End:
                Swap(x);
                break;
            default:
                Combine(x);
                break;
        }
    }

    public void LoadWide(Instruction x, Instruction second)
    {
        int slot = walk.Slot;
        if (walk.Program.Maps.TryGetValue(slot, out var map))
        {
            walk.Write(x.Destination, LoadMap(map, slot));
            return;
        }

        if (walk.Program.KernelVariables.TryGetValue(slot, out string? name))
        {
            walk.Write(x.Destination, KernelVariable.Load(walk, name));
            return;
        }

        walk.Write(x.Destination, x.WideSource is WideSource.Function
            ? Value.Pointer(ValueKind.Function) with { Function = slot + 1 + x.Immediate }
            : Value.Constant(x.WideValue(second), walk.Made(OriginKind.Constant)));
    }

    private Value LoadMap(ProgramMap map, int slot)
    {
        if (!walk.Program.MapOffsets.TryGetValue(slot, out int offset)) return Value.Pointer(ValueKind.Map) with { Map = map };
        if (map.Spec.Type is Objects.Uapi.MapType.Arena) return Value.Unknown(walk.Made(OriginKind.Constant)) with { Kind = ValueKind.Arena };
        CheckDirectValue(map, offset);
        return Value.Pointer(ValueKind.MapValue, origin: walk.Made(OriginKind.Constant)) with { Map = map, Offset = offset };
    }

    // Only the one value of an array with one entry has an address that is known when the program is loaded.
    private static void CheckDirectValue(ProgramMap map, int offset)
    {
        bool hasAddress = map.Spec is { Type: Objects.Uapi.MapType.Array, MaxEntries: 1 } || !map.JumpTargets.IsEmpty;
        if (!hasAddress)
            Walk.Reject(VerifierRules.Argument, $"the address of a value of map '{map}' is loaded, which only arrays with one entry allow");
        if ((uint)offset >= (uint)map.Spec.ValueSize)
            Walk.Reject(VerifierRules.MemoryBounds, $"the address of byte {offset} of a value of map '{map}' is loaded, which has {map.Spec.ValueSize} bytes");
    }

    private void Move(Instruction x)
    {
        bool is32 = x.Class is InstructionClass.Alu32;
        if (!x.UsesRegister)
        {
            ulong number = is32 ? (uint)x.Immediate : (ulong)x.Immediate;
            walk.Write(x.Destination, Value.Constant(number, walk.Made(OriginKind.Constant)));
            return;
        }

        var source = walk.Read(x.Source);
        if (x.Offset is Opcodes.AddressSpaceCast && !is32 && x.Immediate != 0)
        {
            CastAddress(x);
            return;
        }

        if (x.Offset == Opcodes.PerCpuAddress && !is32)
        {
            walk.Write(x.Destination, walk.Unknown(OriginKind.Arithmetic));
            return;
        }

        if (!source.IsScalar) walk.Write(x.Destination, MovePointer(x, source, is32));
        else walk.Write(x.Destination, MoveNumber(x, ref source, is32));
    }

    // Before 6.18 nobody knows: a cast into the arena makes a pointer of a number, a cast out of it a number of a pointer.
    private void CastAddress(Instruction x)
    {
        if (!walk.Program.Maps.Values.Any(m => m.Spec.Type is Objects.Uapi.MapType.Arena))
            Walk.Reject(VerifierRules.Structure, "an address-space cast needs an arena, and this program has none");
        var result = walk.Unknown(OriginKind.Arithmetic);
        walk.Write(x.Destination, x.Immediate == 1 ? result with { Kind = ValueKind.Arena } : result);
    }

    private Value MovePointer(Instruction x, Value source, bool is32)
    {
        if (!is32 && x.Offset == 0) return source;
        if (!walk.Profile.IsPrivileged) Walk.Reject(VerifierRules.PointerLeak, $"{Describe.Name(x.Source)} holds {Describe.Kind(source)}, and only a part of it is copied", source);
        var result = walk.Unknown(OriginKind.Arithmetic);
        return is32 ? result with { Range = result.Range.ZeroExtend32(_how) } : result;
    }

    private Value MoveNumber(Instruction x, ref Value source, bool is32)
    {
        int bytes = x.Offset / 8;
        bool keepsNumber = (is32, bytes) switch
        {
            (false, 0) => true,
            (true, 0) => source.Range.Greatest <= uint.MaxValue && walk.Profile.Has(6, 5),
            (false, _) => source.Range.Greatest < 1UL << (x.Offset - 1),
            (true, _) => source.Range.Greatest < 1UL << (x.Offset - 1),
        };
        var range = (is32, bytes) switch
        {
            (false, 0) => source.Range,
            (true, 0) => source.Range.ZeroExtend32(_how),
            (false, _) => source.Range.SignExtend(bytes),
            (true, _) => source.Range.SignExtend32(bytes, _how),
        };
        if (!keepsNumber) return Value.Scalar(range, walk.Made(OriginKind.Arithmetic, source));
        Link(x.Source, ref source);
        return source with { Range = range, Origin = walk.Made(OriginKind.Arithmetic, source) };
    }

    // Both registers hold the same number from here on: what is learnt of one holds for the other.
    private void Link(Register register, ref Value source)
    {
        if (source.Id != 0 && source.Link is Value.LinkWidth.Equal) return;
        if (source.IsConstant) return;
        if (source.Link is not Value.LinkWidth.Equal) source = source with { Id = 0, Link = Value.LinkWidth.Equal, Delta = 0 };
        source = source with { Id = walk.NewId() };
        walk.Now[register] = source;
    }

    // Swaps bytes, or cuts to a width; the order of the bits is known as far as the bits are.
    private void Swap(Instruction x)
    {
        var value = walk.Read(x.Destination);
        CheckLeak(x, value);
        if (!value.IsScalar || !walk.Profile.Has(6, 18))
        {
            walk.Write(x.Destination, walk.Unknown(OriginKind.Arithmetic));
            return;
        }

        bool swaps = x.Class is InstructionClass.Alu64 || x.UsesRegister;
        var range = swaps ? ScalarRange.Unknown with { Bits = value.Range.Bits.Swap(x.Immediate / 8) } : value.Range;
        if (x.Immediate < 64) range = range.Truncate(x.Immediate / 8, _how);
        if (!swaps && x.Immediate == 64) return;
        walk.Write(x.Destination, Value.Scalar(range.Settle(_how), walk.Made(OriginKind.Arithmetic, value)));
    }

    private void Negate(Instruction x)
    {
        var value = walk.Read(x.Destination);
        CheckLeak(x, value);
        if (!value.IsScalar || !walk.Profile.Has(6, 17))
        {
            walk.Write(x.Destination, Extended(walk.Unknown(OriginKind.Arithmetic), x));
            return;
        }

        var range = ScalarRange.Subtract(ScalarRange.Zero, value.Range, _how);
        walk.Write(x.Destination, Value.Scalar(x.Class is InstructionClass.Alu32 ? range.ZeroExtend32(_how) : range.Settle(_how), walk.Made(OriginKind.Arithmetic, value)));
    }

    private void CheckLeak(Instruction x, Value value)
    {
        if (value.IsPointer && !walk.Profile.IsPrivileged)
            Walk.Reject(VerifierRules.PointerArithmetic, $"{Describe.Name(x.Destination)} is {Describe.Kind(value)}, and is calculated with as a number", value);
    }

    private Value Extended(Value value, Instruction x) =>
        x.Class is InstructionClass.Alu32 ? value with { Range = value.Range.ZeroExtend32(_how) } : value;

    private void Combine(Instruction x)
    {
        bool is32 = x.Class is InstructionClass.Alu32;
        var right = x.UsesRegister ? walk.Read(x.Source) : Value.Constant((ulong)x.Immediate, null);
        var left = walk.Read(x.Destination);
        CheckOperation(x, is32);
        if (left.Kind is ValueKind.Arena || right.Kind is ValueKind.Arena)
        {
            walk.Write(x.Destination, left.Kind is ValueKind.Arena || x.AluOperation is AluOperation.Add && !is32
                ? walk.Unknown(OriginKind.Arithmetic) with { Kind = ValueKind.Arena } : walk.Unknown(OriginKind.Arithmetic));
            return;
        }

        if (left.IsScalar && right.IsScalar) ComputeNumber(x, left, right, is32);
        else walk.Write(x.Destination, _pointers.Compute(x, left, right, is32));
    }

    private static void CheckOperation(Instruction x, bool is32)
    {
        if (x.UsesRegister) return;
        if (x.AluOperation is AluOperation.Div or AluOperation.Mod && x.Immediate == 0) Walk.Reject(VerifierRules.BadOperation, "division by zero");
        int width = is32 ? 32 : 64;
        if (x.AluOperation is AluOperation.Lsh or AluOperation.Rsh or AluOperation.Arsh && (uint)x.Immediate >= (uint)width)
            Walk.Reject(VerifierRules.BadOperation, $"a shift by {x.Immediate} of {width} bits");
    }

    // A mask that is all zeros or all ones is looked at as each of them: compilers make such masks of conditions.
    private void ComputeNumber(Instruction x, Value left, Value right, bool is32)
    {
        if (x.AluOperation is AluOperation.And or AluOperation.Or && right.IsConstant && walk.Profile.Has(6, 12))
        {
            bool isMask = left.Range is { SignedLeast: -1, SignedGreatest: 0 }, isHalfMask = left.Range is { SignedLeast32: -1, SignedGreatest32: 0 };
            if (isMask || isHalfMask)
            {
                var origin = walk.Made(OriginKind.Arithmetic, left);
                var none = walk.Fork(walk.Slot);
                none[x.Destination] = isMask ? Value.Constant(0, origin) : Value.Scalar(left.Range.WithHalf(0, _how), origin);
                left = isMask ? Value.Constant(ulong.MaxValue, origin) : Value.Scalar(left.Range.WithHalf(uint.MaxValue, _how), origin);
            }
        }

        walk.Speculation.NoteNumbers(x);
        walk.Write(x.Destination, Compute(x, left, right, is32));
    }

    private Value Compute(Instruction x, Value left, Value right, bool is32)
    {
        // Of what it does not follow, the kernel forgets the upper half too, although 32-bit arithmetic clears it.
        var range = Range(x, left.Range, right.Range, is32) is not { } known ? ScalarRange.Unknown : is32 ? known.ZeroExtend32(_how) : known.Settle(_how);
        var result = Value.Scalar(range, walk.Made(OriginKind.Arithmetic, left, right));
        return LinkOf(x, left, right, is32) is { } delta
            ? result with { Id = left.Id, Delta = delta, Link = is32 ? Value.LinkWidth.Add32 : Value.LinkWidth.Add64 } : result;
    }

    // A number keeps its tie to what it was copied from when a constant is added to it, once.
    private int? LinkOf(Instruction x, Value left, Value right, bool is32)
    {
        if (left.Id == 0 || left.Link is not Value.LinkWidth.Equal || !walk.Profile.Has(6, 11) || !walk.Profile.IsPrivileged) return null;
        if (x.UsesRegister && x.Source == x.Destination) return null;
        if (x.AluOperation is not (AluOperation.Add or AluOperation.Sub) || !(is32 ? right.Range.IsConstant32 : right.IsConstant)) return null;
        long number = is32 ? (int)(uint)right.Range.Bits.Value : (long)right.Range.Bits.Value;
        if (!walk.Profile.Has(6, 18) && (is32 || number < 0 || x.AluOperation is AluOperation.Sub)) return null;
        if (number != (int)number || (is32 && left.Range.Greatest > uint.MaxValue)) return null;
        if (x.AluOperation is AluOperation.Add) return (int)number;
        return number == int.MinValue ? null : -(int)number;
    }

    private ScalarRange? Range(Instruction x, in ScalarRange left, in ScalarRange right, bool is32)
    {
        var operation = x.AluOperation;
        if (!_how.FollowsUnknownOperands && operation is (AluOperation.Mul or AluOperation.Or or AluOperation.Xor) && !(is32 ? right.IsConstant32 : right.IsConstant)) return null;
        switch (operation)
        {
            case AluOperation.Add: return ScalarRange.Add(left, right, _how);
            case AluOperation.Sub: return ScalarRange.Subtract(left, right, _how);
            case AluOperation.Mul: return ScalarRange.Multiply(left, right, _how);
            case AluOperation.And: return left.IsConstant && right.IsConstant ? ScalarRange.Constant(left.Bits.Value & right.Bits.Value) : ScalarRange.And(left, right, _how);
            case AluOperation.Or: return left.IsConstant && right.IsConstant ? ScalarRange.Constant(left.Bits.Value | right.Bits.Value) : ScalarRange.Or(left, right, _how);
            case AluOperation.Xor: return left.IsConstant && right.IsConstant ? ScalarRange.Constant(left.Bits.Value ^ right.Bits.Value) : ScalarRange.Xor(left, right, _how);
        }

        if (operation is AluOperation.Div or AluOperation.Mod) return Divide(x, left, right, is32);
        bool isKnown = is32 ? right.IsConstant32 && right.Greatest32 < 32 : right.IsConstant && right.Greatest < 64;
        if (!isKnown) return null;
        int bits = is32 ? (int)right.Greatest32 : (int)right.Greatest;
        return (operation, is32) switch
        {
            (AluOperation.Lsh, false) => left.ShiftLeft(bits, _how),
            (AluOperation.Lsh, true) => left.ShiftLeft32(bits, _how),
            (AluOperation.Rsh, false) => left.ShiftRight(bits, _how),
            (AluOperation.Rsh, true) => left.ShiftRight32(bits, _how),
            (_, false) => left.ShiftArithmetically(bits, _how),
            (_, true) => left.ShiftArithmetically32(bits, _how),
        };
    }

    private ScalarRange? Divide(Instruction x, in ScalarRange left, in ScalarRange right, bool is32)
    {
        if (!_how.Divides || !(is32 ? right.IsConstant32 : right.IsConstant)) return null;
        bool isSigned = x.Offset == 1;
        int half = (int)right.Bits.Value;
        long whole = (long)right.Bits.Value;
        return (x.AluOperation, is32) switch
        {
            (AluOperation.Div, false) => left.Divide(whole, isSigned),
            (AluOperation.Div, true) => left.Divide32(half, isSigned),
            (_, false) => left.Remainder(whole, isSigned),
            (_, true) => left.Remainder32(half, isSigned),
        };
    }
}
