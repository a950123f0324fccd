// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Adding numbers to pointers and taking them away.</summary>
internal sealed class PointerArithmetic(Walk walk)
{
    /// <summary>No offset of a pointer may reach this.</summary>
    public const long MaxOffset = 1 << 29;

    /// <summary>The result when one operand, or both, is a pointer.</summary>
    public Value Compute(Instruction x, Value left, Value right, bool is32)
    {
        if (left.IsPointer && right.IsPointer)
        {
            if (x.AluOperation is AluOperation.Sub && walk.Profile.IsPrivileged) return Number(is32);
            Walk.Reject(VerifierRules.PointerArithmetic, $"{Words(x.AluOperation)} of two pointers: {Describe.Kind(left)} and {Describe.Kind(right)}");
        }

        var (pointer, offset) = left.IsPointer ? (left, right) : (right, left);
        Walk.NeedExactly(offset);
        // Facts that contradict each other have left a constant without bounds.
        if (offset.IsConstant && offset.Range.Least != offset.Range.Greatest) return walk.Unknown(OriginKind.Arithmetic);
        if (is32)
        {
            if (x.AluOperation is AluOperation.Sub && walk.Profile.IsPrivileged) return Number(is32);
            Walk.Reject(VerifierRules.PointerArithmetic, $"32-bit {Words(x.AluOperation)} with {Describe.Kind(pointer)} cuts the address off", pointer);
        }

        // Reads through such a pointer are checked when they happen: where it points does not matter.
        if (pointer.Kind is ValueKind.Memory && pointer.Has(ValueFlags.Untrusted) && pointer.Has(ValueFlags.ReadOnly)) return left;
        CheckKind(x, pointer, offset);
        CheckOffset(pointer, pointer);
        CheckOffset(pointer, offset);
        var mask = walk.Speculation.Before(x, pointer, offset);
        var result = x.AluOperation switch
        {
            AluOperation.Add => Add(pointer, offset),
            AluOperation.Sub => Subtract(pointer, offset, isReversed: right.IsPointer),
            _ => RejectOperation(x.AluOperation, pointer),
        };
        CheckOffset(pointer, result);
        walk.Speculation.CheckReach(result, x.Destination);
        walk.Speculation.After(x, result, mask);
        return result;
    }

    private Value Number(bool is32)
    {
        var value = walk.Unknown(OriginKind.Arithmetic);
        return is32 ? value with { Range = value.Range.ZeroExtend32(walk.Profile.Reasoning) } : value;
    }

    private static Value RejectOperation(AluOperation operation, Value pointer)
    {
        Walk.Reject(VerifierRules.PointerArithmetic, $"{Words(operation)} with {Describe.Kind(pointer)}", pointer);
        return pointer;
    }

    private static void CheckKind(Instruction x, Value pointer, Value offset)
    {
        if (pointer.MayBeNull)
            Walk.Reject(VerifierRules.NullCheck, $"arithmetic with {Describe.Kind(pointer)}, which was not compared with null", pointer);
        bool isZero = offset.IsNull && x.AluOperation is AluOperation.Add;
        bool isAllowed = pointer.Kind switch
        {
            ValueKind.FlowKeys => offset.IsConstant,
            ValueKind.Map => isZero,
            ValueKind.Instruction or ValueKind.PacketEnd or ValueKind.Socket or ValueKind.SocketCommon or ValueKind.TcpSocket or ValueKind.XdpSocket => false,
            _ => true,
        };
        if (!isAllowed) Walk.Reject(VerifierRules.PointerArithmetic, $"arithmetic with {Describe.Kind(pointer)}", pointer);
    }

    private static void CheckOffset(Value pointer, Value value)
    {
        if (value.Range.IsConstant && IsHuge((long)value.Range.Bits.Value))
            Walk.Reject(VerifierRules.PointerArithmetic, $"arithmetic with {Describe.Kind(pointer)} and {Describe.Range(value.Range)}", value);
        if (value.IsPointer && IsHuge(value.Offset))
            Walk.Reject(VerifierRules.PointerArithmetic, $"the offset of {Describe.Kind(pointer)} becomes {value.Offset}", value);
        if (value.Range.SignedLeast == long.MinValue)
        {
            Walk.Reject(VerifierRules.PointerArithmetic,
                $"arithmetic with {Describe.Kind(pointer)} and a number without a lower bound", value,
                "make the number unsigned, or test that it is not negative, before it is added to the pointer");
        }

        if (IsHuge(value.Range.SignedLeast))
            Walk.Reject(VerifierRules.PointerArithmetic, $"the number added to {Describe.Kind(pointer)} may be {Describe.Range(value.Range)}", value);
    }

    private static bool IsHuge(long offset) => offset is >= MaxOffset or <= -MaxOffset;

    private Value Add(Value pointer, Value offset)
    {
        if (offset.IsConstant && IsInt(pointer.Offset + (long)offset.Range.Bits.Value))
            return Shifted(pointer) with { Offset = pointer.Offset + (int)offset.Range.Bits.Value, Origin = walk.Made(OriginKind.Arithmetic, pointer, offset) };
        return Moved(pointer, ScalarRange.Add(pointer.Range, offset.Range, walk.Profile.Reasoning), offset, losesRange: true);
    }

    private Value Subtract(Value pointer, Value offset, bool isReversed)
    {
        if (isReversed) Walk.Reject(VerifierRules.PointerArithmetic, $"{Describe.Kind(pointer)} is taken away from a number", pointer);
        if (pointer.Kind is ValueKind.Stack) Walk.Reject(VerifierRules.PointerArithmetic, "a number is taken away from a pointer to the stack", pointer, "add a negative constant instead");
        if (offset.IsConstant && IsInt(pointer.Offset - (long)offset.Range.Bits.Value))
            return Shifted(pointer) with { Offset = pointer.Offset - (int)offset.Range.Bits.Value, Origin = walk.Made(OriginKind.Arithmetic, pointer, offset) };
        return Moved(pointer, ScalarRange.Subtract(pointer.Range, offset.Range, walk.Profile.Reasoning), offset, losesRange: offset.Range.SignedLeast < 0);
    }

    // A packet pointer with another variable part is another pointer: no comparison with the end has been made with it.
    private Value Moved(Value pointer, in ScalarRange range, Value offset, bool losesRange)
    {
        var moved = pointer with { Range = range.Forget32().Settle(walk.Profile.Reasoning), Origin = walk.Made(OriginKind.Arithmetic, pointer, offset) };
        if (!pointer.IsPacket) return moved;
        moved = moved with { Id = walk.NewId() };
        return losesRange ? moved with { PacketRange = 0, BeyondEnd = 0 } : moved;
    }

    // That a packet pointer was at or beyond the end says nothing once it is moved; older kernels kept it.
    private Value Shifted(Value pointer) => pointer.BeyondEnd != 0 && walk.Profile.Has(7, 0) ? pointer with { PacketRange = 0, BeyondEnd = 0 } : pointer;

    private static bool IsInt(long number) => number == (int)number;

    private static string Words(AluOperation operation) => operation switch
    {
        AluOperation.Add => "addition",
        AluOperation.Sub => "subtraction",
        AluOperation.Mul => "multiplication",
        AluOperation.Div or AluOperation.Mod => "division",
        AluOperation.Lsh or AluOperation.Rsh or AluOperation.Arsh => "a shift",
        _ => "a bitwise operation",
    };
}
