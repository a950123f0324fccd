// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Maps;

/// <summary>Holds the spin lock in a value, which programs take as well: a word that is one while it is held.</summary>
internal readonly unsafe ref struct ValueLock
{
    // A program that ends without giving a lock back must not stop its host for ever.
    private const int Patience = 100_000;

    private readonly int* _word;

    private ValueLock(int* word) => _word = word;

    /// <summary>Takes the lock at an address; false when its holder does not give it back.</summary>
    public static bool TryTake(nint address, out ValueLock held)
    {
        // SAFETY: the address is that of a lock in a value, at a multiple of four.
        int* word = (int*)address;
        held = new(word);
        SpinWait wait = default;
        for (int i = 0; i < Patience; i++, wait.SpinOnce(sleep1Threshold: -1))
            if (Interlocked.CompareExchange(ref *word, 1, 0) == 0) return true;
        return false;
    }

    public void Dispose() => Volatile.Write(ref *_word, 0);
}
