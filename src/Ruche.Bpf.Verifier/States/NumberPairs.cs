// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.States;

/// <summary>Which number of one state stands for which number of another: two states may number the same relations differently.</summary>
internal sealed class NumberPairs
{
    private readonly List<(int Old, int New)> _pairs = [];
    private int _next = int.MinValue;

    /// <summary>Forgets all pairs.</summary>
    public void Clear()
    {
        _pairs.Clear();
        _next = int.MinValue;
    }

    /// <summary>Whether two numbers can stand for each other, given the pairs so far.</summary>
    public bool Match(int old, int now)
    {
        if ((old == 0) != (now == 0)) return false;
        if (old == 0) return true;
        foreach (var (one, other) in _pairs)
        {
            if (one == old) return other == now;
            if (other == now) return false;
        }

        _pairs.Add((old, now));
        return true;
    }

    /// <summary>The same for numbers of registers, where the old one may have stood alone, and a new one that does is given a number.</summary>
    public bool MatchNumbers(int old, int now) => old == 0 || Match(old, now == 0 ? _next++ : now);
}
