// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Jumps: which ways they can go, and what going a way tells about the operands.</summary>
internal sealed class Jumps(Walk walk)
{
    public void Step(Instruction x)
    {
        if (x.Opcode is Opcodes.Goto or Opcodes.GotoLong)
        {
            walk.GoTo(walk.Slot + 1 + x.JumpDistance!.Value);
            return;
        }

        if (x.Opcode == Opcodes.MayGoto)
        {
            MayGoto(x);
            return;
        }

        if (x.Opcode == Opcodes.GotoRegister) Scatter(x);
        else Branch(x);
    }

    // A jump through a register may lead to each place that its table has within the register's range.
    private void Scatter(Instruction x)
    {
        var place = walk.Read(x.Destination);
        string name = Describe.Name(x.Destination);
        if (place.Kind is not ValueKind.Instruction)
            Walk.Reject(VerifierRules.NotAPointer, $"the program jumps to {name}, which is {Describe.Value(place)}", place, "read the address out of a jump table");
        var targets = place.Map!.JumpTargets;
        ulong least = (place.Range.Least + (ulong)place.Offset) / sizeof(ulong), greatest = (place.Range.Greatest + (ulong)place.Offset) / sizeof(ulong);
        if (least > greatest || greatest >= (ulong)targets.Length)
            Walk.Reject(VerifierRules.MemoryBounds, $"{name} may be entry {least}..{greatest} of jump table '{place.Map}', which has {targets.Length}", place);
        int[] ways = [.. targets[(int)least..((int)greatest + 1)].Distinct().Order()];
        foreach (int way in ways[..^1]) walk.Fork(way, taken: true);
        walk.GoTo(ways[^1]);
    }

    // The loop ends, or goes on with less known of what changes in it.
    private void MayGoto(Instruction x)
    {
        int next = walk.Slot + 1;
        var earlier = walk.EarlierAt(walk.Slot);
        var goesOn = walk.Fork(next, taken: false);
        goesOn.MayGotoDepth++;
        if (earlier is not null) Widening.Widen(earlier, goesOn, walk.Slot);
        walk.GoTo(next + x.Offset);
    }

    private void Branch(Instruction x)
    {
        bool is32 = x.Class is InstructionClass.Jump32;
        var right = x.UsesRegister ? walk.Read(x.Source) : Value.Constant(is32 ? (uint)x.Immediate : (ulong)x.Immediate, walk.Made(OriginKind.Constant));
        var left = walk.Read(x.Destination);
        if (right.IsPointer && !PacketComparison.IsOne(left, right)) CheckLeak(right);
        int target = walk.Slot + 1 + x.Offset;
        if (Decide(x, left, right, is32) is { } isTaken)
        {
            Walk.NeedExactly(left);
            Walk.NeedExactly(right);
            walk.Speculation.FollowExcluded(x, isTaken ? walk.Slot + 1 : target);
            if (isTaken) walk.GoTo(target);
            return;
        }

        if (left.IsPointer && !IsNullTest(x, left, is32) && !PacketComparison.IsOne(left, right)) CheckLeak(left);
        if ((left.IsScalar && LinkedNumbers.IsShared(walk.Now, left.Id)) || (right.IsScalar && LinkedNumbers.IsShared(walk.Now, right.Id))) walk.NoteStep();
        var other = walk.Fork(target, taken: true);
        var now = walk.Now;
        now.Path = new(walk.Slot, false, now.Path);
        if (left.IsScalar && right.IsScalar)
        {
            Refine(now, x, left, right, is32, holds: false);
            Refine(other, x, left, right, is32, holds: true);
        }

        if (!is32) LearnAboutNull(x, left, right, now, other);
        if (!is32 && x.UsesRegister) PacketComparison.Learn(x.JumpOperation, left, right, fallThrough: now, taken: other);
    }

    private void CheckLeak(Value pointer)
    {
        if (!walk.Profile.IsPrivileged) Walk.Reject(VerifierRules.PointerLeak, "a pointer is compared, which tells about its address", pointer);
    }

    private static bool IsNullTest(Instruction x, Value left, bool is32) =>
        !is32 && !x.UsesRegister && x.Immediate == 0 && left.MayBeNull && x.JumpOperation is JumpOperation.Equal or JumpOperation.NotEqual;

    private bool? Decide(Instruction x, Value left, Value right, bool is32)
    {
        if (!is32 && PacketComparison.IsOne(left, right) && PacketComparison.Decide(x.JumpOperation, left, right) is { } packet) return packet;
        if (!left.IsPointer && !right.IsPointer) return Comparison.Decide(left.Range, right.Range, x.JumpOperation, is32, walk.Profile.Reasoning);
        var (pointer, number) = left.IsPointer ? (left, right) : (right, left);
        if (number.IsPointer || !IsNever0(pointer)) return null;
        bool isZero = is32 ? number.Range.IsConstant32 && number.Range.Bits.Lower.Value == 0 : number.IsNull;
        if (!isZero) return null;
        return x.JumpOperation switch
        {
            JumpOperation.Equal => false,
            JumpOperation.NotEqual => true,
            _ => null,
        };
    }

    // Kinds of pointer that the kernel's verifier knows not to be null.
    private bool IsNever0(Value value) => !value.MayBeNull && value.Kind switch
    {
        ValueKind.Socket or ValueKind.TcpSocket or ValueKind.SocketCommon or ValueKind.MapValue or ValueKind.MapKey => true,
        ValueKind.Map => walk.Profile.Has(6, 12),
        ValueKind.Memory => !value.Has(ValueFlags.Untrusted),
        ValueKind.Btf => ObjectAccess.IsTrusted(value),
        _ => false,
    };

    private void Refine(State state, Instruction x, Value left, Value right, bool is32, bool holds)
    {
        var (l, r) = Comparison.Learn(left.Range, right.Range, x.JumpOperation, is32, holds, walk.Profile.Reasoning);
        bool isSame = x.UsesRegister && x.Source == x.Destination;
        if (isSame) l = r = Consistent(l.Intersect(r), left.Range.Bits);
        else (l, r) = (Consistent(l, l.Bits), Consistent(r, r.Bits));
        if (l != left.Range) Replace(state, x.Destination, left, l, right);
        if (x.UsesRegister && !isSame && r != right.Range) Replace(state, x.Source, right, r, left);
    }

    // No run comes here when facts contradict each other. The kernel then forgets the bounds, and keeps the bits.
    private static ScalarRange Consistent(in ScalarRange range, Tnum bits)
    {
        bool isTorn = range.IsEmpty || (range.IsConstant && (range.Least != range.Bits.Value || range.Greatest != range.Bits.Value))
            || (range.IsConstant32 && (range.Least32 != range.Bits.Lower.Value || range.Greatest32 != range.Bits.Lower.Value));
        return isTorn ? ScalarRange.Unknown with { Bits = bits } : range;
    }

    private void Replace(State state, Register register, Value value, in ScalarRange range, Value other)
    {
        var learnt = value with { Range = range, Origin = Origin.Of(value.Origin?.Slot ?? 0, OriginKind.Comparison, value.Origin, other.Origin) };
        state[register] = learnt;
        if (value.Id != 0) LinkedNumbers.Tell(state, learnt, walk.Profile.Reasoning);
    }

    private void LearnAboutNull(Instruction x, Value left, Value right, State now, State other)
    {
        if (x.JumpOperation is not (JumpOperation.Equal or JumpOperation.NotEqual)) return;
        var equal = x.JumpOperation is JumpOperation.Equal ? other : now;
        var different = x.JumpOperation is JumpOperation.Equal ? now : other;
        if (!x.UsesRegister && x.Immediate == 0 && left.MayBeNull && left.IsPointer)
        {
            NullTest.Learn(walk, equal, left, isNull: true);
            NullTest.Learn(walk, different, left, isNull: false);
            return;
        }

        if (!walk.Profile.Has(6, 2) || !x.UsesRegister || !left.IsPointer || !right.IsPointer || left.MayBeNull == right.MayBeNull) return;
        if (left.Kind is ValueKind.Btf || right.Kind is ValueKind.Btf) return;
        var register = left.MayBeNull ? x.Destination : x.Source;
        equal[register] = NullTest.NotNull(equal[register]);
    }
}
