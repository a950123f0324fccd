// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>How far each type of a header is, by its id.</summary>
internal sealed class CProgress(int count)
{
    private readonly Steps[] _steps = new Steps[count];

    // The struct that was being prepared at the last visit from within one. Visiting again is harmless, if not remembering costs little.
    private readonly int[] _completedInside = new int[count];
    private readonly int[] _pointedToInside = new int[count];

    [Flags]
    private enum Steps : byte
    {
        None = 0,
        Declared = 1,
        Defined = 2,
        Spelled = 4,
        Open = 8,
        Completed = 16,
        PointedTo = 32,
    }

    public bool IsOpen(int id) => (_steps[id] & Steps.Open) != 0;

    /// <summary>A type's members are being prepared.</summary>
    public void Open(int id) => _steps[id] |= Steps.Open;

    public void Close(int id) => _steps[id] &= ~Steps.Open;

    /// <summary>Whether a type has not been declared yet; it is now.</summary>
    public bool Declare(int id) => Take(id, Steps.Declared);

    /// <summary>Whether a type has not been defined yet; it is now.</summary>
    public bool Define(int id) => Take(id, Steps.Defined);

    /// <summary>Whether an anonymous enumeration has not been written anywhere yet; it is now.</summary>
    public bool Spell(int id) => Take(id, Steps.Spelled);

    /// <summary>Whether a type may still need something, seen from the struct being prepared (0: none).</summary>
    public bool Visit(int id, bool isComplete, int inside)
    {
        if (inside == 0) return Take(id, isComplete ? Steps.Completed : Steps.PointedTo);
        ref int last = ref (isComplete ? _completedInside : _pointedToInside)[id];
        if (last == inside) return false;
        last = inside;
        return true;
    }

    private bool Take(int id, Steps step)
    {
        bool isFirst = (_steps[id] & step) == 0;
        _steps[id] |= step;
        return isFirst;
    }
}
