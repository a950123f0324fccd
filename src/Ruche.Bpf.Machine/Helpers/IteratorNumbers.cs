// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Helpers;

/// <summary>The bytes of a <c>struct bpf_iter_num</c>: the number that the loop is at, and the one it ends before.</summary>
internal readonly ref struct IteratorNumbers(Span<byte> bytes)
{
    public const int Size = 2 * sizeof(int);

    private readonly Span<int> _words = MemoryMarshal.Cast<byte, int>(bytes);

    public int Current
    {
        get => _words[0];
        set => _words[0] = value;
    }

    public int End
    {
        get => _words[1];
        set => _words[1] = value;
    }

    public bool Next()
    {
        if (Current + 1L >= End)
        {
            Clear();
            return false;
        }

        Current++;
        return true;
    }

    public ulong Clear()
    {
        _words.Clear();
        return 0;
    }
}
