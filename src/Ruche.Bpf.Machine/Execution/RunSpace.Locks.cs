// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Machine.Execution;

/// <content>The spin lock that a program may hold: one at a time, and not beyond its end.</content>
internal sealed unsafe partial class RunSpace
{
    // Far more turns than any other run takes between lock and unlock.
    private const int MostTurns = 1_000_000;

    private int* _held;

    /// <summary>Takes a lock, once whoever has it gives it back.</summary>
    /// <exception cref="InvalidOperationException">The run holds a lock already, or nobody gives this one back.</exception>
    public ulong Lock(ref int word)
    {
        if (_held is not null) throw new InvalidOperationException("the program holds a lock already");
        SpinWait wait = default;
        for (int turn = 0; Interlocked.CompareExchange(ref word, 1, 0) != 0; turn++)
        {
            // A program may have written there itself.
            if (turn == MostTurns) throw new InvalidOperationException("nobody gives the lock back");
            wait.SpinOnce(sleep1Threshold: -1);
        }

        _held = (int*)Unsafe.AsPointer(ref word);
        return 0;
    }

    /// <summary>Gives the lock back.</summary>
    /// <exception cref="InvalidOperationException">It is not the one that the run holds.</exception>
    public ulong Unlock(ref int word)
    {
        if (_held is null || _held != Unsafe.AsPointer(ref word)) throw new InvalidOperationException("the program does not hold that lock");
        ReleaseLock();
        return 0;
    }

    private void ReleaseLock()
    {
        Volatile.Write(ref *_held, 0);
        _held = null;
    }
}
