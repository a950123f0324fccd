// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.States;

/// <summary>
/// Whether a slot of a remembered state's stack was read by any run that went on from it. A slot that was never read need not be compared.
/// </summary>
internal sealed class ReadMark(ReadMark? parent)
{
    private readonly ReadMark? _parent = parent;

    /// <summary>Whether it was read.</summary>
    public bool IsRead { get; private set; }

    /// <summary>Notes a read, here and in all remembered states before that had the slot unchanged.</summary>
    public void Read()
    {
        for (var mark = this; mark is { IsRead: false }; mark = mark._parent) mark.IsRead = true;
    }
}
