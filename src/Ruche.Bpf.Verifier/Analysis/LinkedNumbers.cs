// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Numbers that are copies of each other, or differ by a constant.</summary>
internal static class LinkedNumbers
{
    /// <summary>Whether more than one register or slot holds the number.</summary>
    public static bool IsShared(State state, int id)
    {
        if (id == 0) return false;
        int count = 0;
        foreach (var frame in state.Frames)
        {
            foreach (var value in frame.Registers)
            {
                if (value.IsScalar && value.Id == id && ++count > 1) return true;
            }

            for (int i = 0; i < frame.SlotCount; i++)
            {
                if (frame.SlotAt(i).Spilled is { IsScalar: true } spilled && spilled.Id == id && ++count > 1) return true;
            }
        }

        return false;
    }

    /// <summary>Tells all numbers that are tied to one what was learnt of it.</summary>
    public static void Tell(State state, Value learnt, Reasoning how) => state.Replace(v =>
    {
        if (!v.IsScalar || v.Id != learnt.Id || ReferenceEquals(v, learnt)) return v;
        // A difference in halves says nothing about a difference of the whole.
        if (v.Link is not Value.LinkWidth.Equal && learnt.Link is not Value.LinkWidth.Equal && v.Link != learnt.Link) return v;
        var origin = Origin.Of(learnt.Origin!.Slot, OriginKind.Comparison, v.Origin, learnt.Origin);
        if ((v.Link is Value.LinkWidth.Equal && learnt.Link is Value.LinkWidth.Equal) || v.Delta == learnt.Delta) return v with { Range = learnt.Range, Origin = origin };
        var range = ScalarRange.Add(learnt.Range, ScalarRange.Constant((ulong)(v.Delta - (long)learnt.Delta)), how);
        bool is32 = v.Link is Value.LinkWidth.Add32 || learnt.Link is Value.LinkWidth.Add32;
        return v with { Range = is32 ? range.ZeroExtend32(how) : how.SettlesLinked ? range.Settle(how) : range, Origin = origin };
    });
}
