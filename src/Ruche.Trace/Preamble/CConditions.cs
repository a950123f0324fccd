// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Preamble;

/// <summary>Which of the lines between <c>#if</c> and <c>#endif</c> count.</summary>
internal sealed class CConditions
{
    private readonly Stack<State> _open = [];

    private enum State
    {
        /// <summary>These lines count.</summary>
        Here,

        /// <summary>None has counted yet.</summary>
        Before,

        /// <summary>Others have counted, or lines around do not.</summary>
        Passed,
    }

    /// <summary>Whether lines count now.</summary>
    public bool IsActive => !_open.TryPeek(out var state) || state is State.Here;

    public bool IsOpen => _open.Count > 0;

    /// <summary>Whether the value of a condition at this place matters.</summary>
    public bool Asks(bool isElse) => isElse ? _open.TryPeek(out var state) && state is State.Before : IsActive;

    public void If(bool holds) => _open.Push(!IsActive ? State.Passed : holds ? State.Here : State.Before);

    /// <summary>False when nothing is open.</summary>
    public bool Else(bool holds)
    {
        if (!_open.TryPop(out var state)) return false;
        _open.Push(state is State.Before && holds ? State.Here : state is State.Before ? State.Before : State.Passed);
        return true;
    }

    /// <summary>False when nothing is open.</summary>
    public bool End() => _open.TryPop(out _);
}
