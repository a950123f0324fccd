// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Compilation;

/// <summary>What a compilation writes into, kept with the thread for the next one.</summary>
internal sealed class X64Scratch
{
    private const int MostKept = 1 << 18;

    [ThreadStatic]
    private static X64Scratch? _free;

    public X64Emitter Emitter { get; } = new();

    public List<Detour> Detours { get; } = new(64);

    public static X64Scratch Take()
    {
        var scratch = _free ?? new();
        _free = null;
        return scratch;
    }

    /// <summary>Keeps it, unless a program has made it large.</summary>
    public void Give()
    {
        if (Emitter.Length > MostKept) return;
        Emitter.Clear();
        Detours.Clear();
        _free = this;
    }
}
