// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Compiler.Selection;

/// <summary>The few registers that one instruction reads, or writes.</summary>
internal struct RegisterList
{
    private Places _places;

    public int Count { get; private set; }

    public readonly int this[int index] => _places[index];

    public void Add(int register) => _places[Count++] = register;

    public readonly bool Any(HashSet<int> registers)
    {
        for (int i = 0; i < Count; i++)
        {
            if (registers.Contains(_places[i])) return true;
        }

        return false;
    }

    /// <summary>A call changes six registers; no instruction has more.</summary>
    [InlineArray(8)]
    private struct Places
    {
        private int _first;
    }
}
