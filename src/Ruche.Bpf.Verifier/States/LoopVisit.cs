// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.States;

/// <summary>
/// One stay of a path in a loop. While it lasts, states of the loop are held to stand for others before anybody knows all that their proofs
/// need; what they turn out to need is passed on when the stay ends.
/// </summary>
internal sealed class LoopVisit
{
    private const int MaxRounds = 64;

    private readonly List<(State Old, State Now)> _backEdges = [];

    /// <summary>The state that the loop was entered with; null when the visit is over.</summary>
    public State? Entry { get; set; }

    /// <summary>Whether some state was held to stand for another whose proof is not finished.</summary>
    public bool IsOpen => _backEdges.Count > 0;

    /// <summary>Notes that a state was held to stand for another.</summary>
    public void Add(State old, State now) => _backEdges.Add((old, now));

    /// <summary>Ends the visit: each state needs what the one needed that stood for it.</summary>
    public void Close()
    {
        Entry = null;
        int round = 0;
        for (bool changed = true; changed;)
        {
            if (++round > MaxRounds)
            {
                foreach (var (_, now) in _backEdges) now.NeedAll();
                break;
            }

            changed = false;
            foreach (var (old, now) in _backEdges) changed |= now.NeedAs(old);
        }

        _backEdges.Clear();
    }
}
