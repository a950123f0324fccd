// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Compilation;

/// <summary>Blocks that are to be looked at, the one added last first, each at most once at a time.</summary>
internal sealed class Worklist(int count)
{
    private readonly int[] _blocks = new int[count];
    private readonly bool[] _isIn = new bool[count];
    private int _length;

    public void Add(int block)
    {
        if (_isIn[block]) return;
        _isIn[block] = true;
        _blocks[_length++] = block;
    }

    public bool TryTake(out int block)
    {
        block = _length > 0 ? _blocks[--_length] : -1;
        if (block >= 0) _isIn[block] = false;
        return block >= 0;
    }
}
