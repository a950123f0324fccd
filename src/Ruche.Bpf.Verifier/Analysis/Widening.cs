// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>
/// Forgets numbers that differ between two rounds of a loop and that no proof has needed so far, so that the third round is like the second.
/// </summary>
internal static class Widening
{
    /// <summary>Widens a state by comparison with an earlier round's.</summary>
    public static void Widen(State earlier, State now, int slot)
    {
        for (int i = 0; i < now.Frames.Count; i++) Widen(earlier.Frames[i], now.Frames[i], slot);
    }

    /// <summary>Widens one function's registers and spilled numbers.</summary>
    public static void Widen(Frame earlier, Frame now, int slot)
    {
        for (int r = 0; r < now.Registers.Length; r++) now.Registers[r] = Widen(earlier.Registers[r], now.Registers[r], slot);
        for (int i = 0; i < now.SlotCount; i++)
        {
            var (a, b) = (earlier.SlotAt(i), now.SlotAt(i));
            if (!a.IsScalarSpill || !b.IsScalarSpill) continue;
            var widened = Widen(a.Spilled!, b.Spilled!, slot);
            if (!ReferenceEquals(widened, b.Spilled)) now.Change(i, b.WithSpilled(widened));
        }
    }

    private static Value Widen(Value earlier, Value now, int slot)
    {
        if (!earlier.IsScalar || !now.IsScalar || earlier.IsPrecise || now.IsPrecise) return now;
        if (earlier.Range == now.Range && (earlier.Id == 0) == (now.Id == 0)) return now;
        return Value.Unknown(Origin.Of(slot, OriginKind.Widened, now.Origin));
    }
}
