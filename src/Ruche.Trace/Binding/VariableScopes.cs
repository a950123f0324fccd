// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using Ruche.Trace.Expansion;

namespace Ruche.Trace.Binding;

/// <summary>
/// The variables that are known at a point of a program. A variable belongs to the block that assigns it first; older scripts rely on seeing it
/// behind that block too, so it stays known there until another one takes its name.
/// </summary>
internal sealed class VariableScopes
{
    private readonly List<VariableSymbol> _all = [];
    private Stack<Dictionary<string, VariableSymbol>> _open = [];
    private Dictionary<string, VariableSymbol> _left = new(StringComparer.Ordinal);
    private int _next;

    /// <summary>How many variables have been made in this round: a mark between those before and those behind.</summary>
    public int Mark => _next;

    public void Restart()
    {
        _next = 0;
        _open.Clear();
        _left.Clear();
    }

    /// <summary>Opens a block; disposing the result closes it.</summary>
    public Block Open()
    {
        _open.Push(new(StringComparer.Ordinal));
        return new(this);
    }

    /// <summary>Hides all variables that are known, until the result is disposed.</summary>
    public Isolation Isolate()
    {
        Isolation isolation = new(this, _open, _left);
        (_open, _left) = ([], new(StringComparer.Ordinal));
        return isolation;
    }

    public bool TryFind(string name, [NotNullWhen(true)] out VariableSymbol? found)
    {
        foreach (var block in _open)
        {
            if (block.TryGetValue(name, out found)) return true;
        }

        return _left.TryGetValue(name, out found);
    }

    /// <summary>A variable of the innermost open blocks that are still open.</summary>
    public bool TryFindOpen(string name, [NotNullWhen(true)] out VariableSymbol? found)
    {
        foreach (var block in _open)
        {
            if (block.TryGetValue(name, out found)) return true;
        }

        found = null;
        return false;
    }

    /// <summary>Makes a variable of the innermost block. Those of one round are those of the next, in the same order.</summary>
    public VariableSymbol Declare(string name)
    {
        if (_next == _all.Count) _all.Add(new(name));
        var symbol = _all[_next++];
        _open.Peek()[name] = symbol;
        return symbol;
    }

    /// <summary>Whether a variable was made before a mark.</summary>
    public bool IsBefore(VariableSymbol symbol, int mark) => _all.IndexOf(symbol) < mark;

    /// <summary>The names, as scripts write them.</summary>
    public IEnumerable<string> Names => _open.SelectMany(b => b.Keys).Concat(_left.Keys).Select(VariableNames.Written);

    private void Close()
    {
        foreach (var (name, symbol) in _open.Pop()) _left[name] = symbol;
    }

    /// <summary>An open block.</summary>
    public readonly struct Block(VariableScopes owner) : IDisposable
    {
        public void Dispose() => owner.Close();
    }

    /// <summary>Variables that are hidden.</summary>
    public readonly struct Isolation(VariableScopes owner, Stack<Dictionary<string, VariableSymbol>> open, Dictionary<string, VariableSymbol> left) : IDisposable
    {
        public void Dispose() => (owner._open, owner._left) = (open, left);
    }
}
