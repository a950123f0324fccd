// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Unwinding;

/// <summary>How to leave a frame from one address on, up to where the next row begins. The return address is 8 below the CFA.</summary>
/// <param name="Start">The first address, as the file's own tables count them.</param>
/// <param name="Cfa">How the CFA is found.</param>
/// <param name="CfaOffset">The distance that <paramref name="Cfa"/> speaks of.</param>
/// <param name="Saved">Where the caller's frame pointer is.</param>
/// <param name="SavedOffset">The distance that <paramref name="Saved"/> speaks of.</param>
internal readonly record struct UnwindRow(uint Start, CfaKind Cfa, int CfaOffset = 0, SavedFrameKind Saved = SavedFrameKind.Same, int SavedOffset = 0)
{
    private const int Word = 8;
    private const int CfaShift = 32 + 3;
    private const int CfaBits = 16;
    private const int SavedShift = CfaShift + CfaBits;
    private const int OffsetShift = SavedShift + 2;
    private const int OffsetBits = 64 - OffsetShift;

    /// <summary>
    /// In 64 bits, that sort as the rows do by their low half: the start; then 3 bits of kind, 16 of the CFA's distance in words, 2 of where the frame
    /// pointer is, and 11 of its distance in words. A row that does not fit says that nothing is known.
    /// </summary>
    public ulong Pack()
    {
        int cfa = Cfa is CfaKind.Stub ? CfaOffset * Word : CfaOffset;
        if (!Fits(cfa, CfaBits) || !Fits(SavedOffset, OffsetBits)) return Start;
        return Start | (ulong)Cfa << 32 | (ulong)(ushort)(cfa / Word) << CfaShift | (ulong)Saved << SavedShift | (ulong)(SavedOffset / Word) << OffsetShift;
    }

    /// <summary>The row that was packed.</summary>
    public static UnwindRow Unpack(ulong packed)
    {
        var kind = (CfaKind)(packed >> 32 & 7);
        int cfa = (short)(packed >> CfaShift);
        return new((uint)packed, kind, kind is CfaKind.Stub ? cfa : cfa * Word, (SavedFrameKind)(packed >> SavedShift & 3), (int)((long)packed >> OffsetShift) * Word);
    }

    private static bool Fits(int offset, int bits) => offset % Word == 0 && offset / Word >= -(1 << (bits - 1)) && offset / Word < 1 << (bits - 1);
}
