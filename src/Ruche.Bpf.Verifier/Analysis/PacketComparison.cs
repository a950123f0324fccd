// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Comparisons of packet pointers with the packet's end, and of metadata pointers with its start.</summary>
internal static class PacketComparison
{
    private const int MaxOffset = 0xffff;

    /// <summary>Whether two values compare so that something is learnt.</summary>
    public static bool IsOne(Value left, Value right) => IsOrdered(left, right) || IsOrdered(right, left);

    /// <summary>Whether the jump is taken, when an earlier comparison has told so.</summary>
    public static bool? Decide(JumpOperation operation, Value left, Value right)
    {
        Value packet;
        if (right.Kind is ValueKind.PacketEnd)
        {
            packet = left;
        }
        else if (left.Kind is ValueKind.PacketEnd)
        {
            packet = right;
            operation = Mirrored(operation);
        }
        else
        {
            return null;
        }

        return operation switch
        {
            JumpOperation.LessOrEqual or JumpOperation.Greater when packet.BeyondEnd > 0 => operation is JumpOperation.Greater,
            JumpOperation.Less or JumpOperation.GreaterOrEqual when packet.BeyondEnd != 0 => operation is JumpOperation.GreaterOrEqual,
            _ => null,
        };
    }

    /// <summary>Notes in both states what the comparison tells.</summary>
    public static void Learn(JumpOperation operation, Value left, Value right, State fallThrough, State taken)
    {
        if (IsOrdered(right, left))
        {
            (left, right) = (right, left);
            operation = Mirrored(operation);
        }
        else if (!IsOrdered(left, right))
        {
            return;
        }

        var (within, beyond) = operation is JumpOperation.Greater or JumpOperation.GreaterOrEqual ? (fallThrough, taken) : (taken, fallThrough);
        if (operation is not (JumpOperation.Greater or JumpOperation.GreaterOrEqual or JumpOperation.Less or JumpOperation.LessOrEqual)) return;
        // "Not at or beyond the end" promises one byte more than "not beyond the end".
        bool isOpen = operation is JumpOperation.GreaterOrEqual or JumpOperation.Less;
        Extend(within, left, isOpen);
        if (left.Kind is ValueKind.Packet) MarkBeyond(beyond, left, isBeyond: !isOpen);
    }

    private static bool IsOrdered(Value pointer, Value limit) =>
        (pointer.Kind is ValueKind.Packet && limit.Kind is ValueKind.PacketEnd)
        || (pointer.Kind is ValueKind.PacketMeta && limit is { Kind: ValueKind.Packet, Offset: 0, Id: 0 } && limit.Range.IsZero);

    private static JumpOperation Mirrored(JumpOperation operation) => operation switch
    {
        JumpOperation.Greater => JumpOperation.Less,
        JumpOperation.GreaterOrEqual => JumpOperation.LessOrEqual,
        JumpOperation.Less => JumpOperation.Greater,
        JumpOperation.LessOrEqual => JumpOperation.GreaterOrEqual,
        _ => operation,
    };

    private static void Extend(State state, Value pointer, bool isOpen)
    {
        if (pointer.Offset < 0 || (pointer.Offset == 0 && isOpen)) return;
        if (pointer.Range.Greatest > MaxOffset || pointer.Range.Greatest + (ulong)pointer.Offset > MaxOffset) return;
        int range = pointer.Offset + (isOpen ? 1 : 0);
        state.Replace(v => v.Kind == pointer.Kind && v.Id == pointer.Id && v.PacketRange < range && v.BeyondEnd == 0 ? v with { PacketRange = range } : v);
    }

    private static void MarkBeyond(State state, Value pointer, bool isBeyond)
    {
        foreach (ref var register in state.Top.Registers)
        {
            if (ReferenceEquals(register, pointer)) register = register with { BeyondEnd = (sbyte)(isBeyond ? 1 : -1), PacketRange = 0 };
        }
    }
}
