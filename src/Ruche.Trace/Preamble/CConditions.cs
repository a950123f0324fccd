// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Preamble;

/// <summary>Which of the lines between <c>#if</c> and <c>#endif</c> count.</summary>
internal sealed class CConditions
{
    private readonly Stack<Condition> _open = [];

    /// <summary>Whether lines count now.</summary>
    public bool IsActive => !_open.TryPeek(out var condition) || condition.IsActive;

    public bool IsOpen => _open.Count > 0;

    /// <summary>Whether the value of a condition at this place matters.</summary>
    public bool Asks(bool isElse) => isElse ? _open.TryPeek(out var condition) && !condition.IsDecided : IsActive;

    public void If(bool holds)
    {
        bool isActive = IsActive && holds;
        _open.Push(new() { IsActive = isActive, IsDecided = isActive || !IsActive });
    }

    /// <summary>False when nothing is open.</summary>
    public bool Else(bool holds)
    {
        if (!_open.TryPeek(out var condition)) return false;
        condition.IsActive = holds && !condition.IsDecided;
        condition.IsDecided |= condition.IsActive;
        return true;
    }

    /// <summary>False when nothing is open.</summary>
    public bool End() => _open.TryPop(out _);

    private sealed class Condition
    {
        /// <summary>Whether its lines count now.</summary>
        public bool IsActive { get; set; }

        /// <summary>Whether lines of it have counted, or none can, since those around it do not.</summary>
        public bool IsDecided { get; set; }
    }
}
