// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>Numbers one after another, for <c>foreach</c>. The verifier follows each turn: for many, <c>Bpf.Loop</c> is better.</summary>
public ref struct NumberRange
{
    private readonly uint _end;
    private uint _next;

    internal NumberRange(uint start, uint end)
    {
        _next = start;
        _end = end;
        Current = start;
    }

    /// <summary>The number.</summary>
    public uint Current { get; private set; }

    /// <summary>The range itself.</summary>
    public readonly NumberRange GetEnumerator() => this;

    /// <summary>Goes on; false after the last.</summary>
    public bool MoveNext()
    {
        Current = _next;
        if (_next >= _end) return false;
        _next++;
        return true;
    }
}
