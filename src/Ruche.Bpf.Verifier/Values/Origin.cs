// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Values;

/// <summary>
/// Where a value came from: the instruction that made it and the values that went into it. One chain serves two purposes. When a proof needs
/// the exact range of a value, that need is written on the value and on everything it was made of, so that a remembered state is
/// compared only in what its proof needed. And when a proof fails, the chain says where the value was made.
/// </summary>
internal sealed class Origin
{
    private Origin? _first;
    private Origin? _second;

    private Origin(int slot, OriginKind kind, Origin? first, Origin? second)
    {
        Slot = slot;
        Kind = kind;
        _first = first;
        _second = second;
    }

    /// <summary>The instruction.</summary>
    public int Slot { get; }

    /// <summary>What the instruction did.</summary>
    public OriginKind Kind { get; }

    /// <summary>The value that was changed or copied; null when the value was made of none, or is needed exactly anyway.</summary>
    public Origin? Source => _first;

    /// <summary>Whether some proof needs the range of the value.</summary>
    public bool IsPrecise { get; private set; }

    /// <summary>The end that the value met as a pointer, when it was one; null when it was none, or lives.</summary>
    public Origin? End
    {
        get
        {
            for (var origin = this; origin is not null; origin = origin.Source)
            {
                if (origin.Kind is OriginKind.Released or OriginKind.PacketMoved) return origin;
            }

            return null;
        }
    }

    /// <summary>A value made at an instruction.</summary>
    public static Origin Of(int slot, OriginKind kind, Origin? first = null, Origin? second = null) => new(slot, kind, first, second);

    /// <summary>Notes that a proof needs the range of this value, and so of all that went into it.</summary>
    public void MakePrecise()
    {
        if (IsPrecise) return;
        Stack<Origin> open = new();
        open.Push(this);
        while (open.TryPop(out var origin))
        {
            if (origin.IsPrecise) continue;
            origin.IsPrecise = true;
            if (origin._first is { IsPrecise: false } first) open.Push(first);
            if (origin._second is { IsPrecise: false } second) open.Push(second);
        }
    }
}
