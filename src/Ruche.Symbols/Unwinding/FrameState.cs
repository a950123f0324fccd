// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Unwinding;

/// <summary>What is known about a frame at one place, while the instructions of a function are followed.</summary>
internal record struct FrameState
{
    /// <summary>How the CFA is found.</summary>
    public CfaKind Cfa { get; set; }

    /// <summary>The distance that belongs to it.</summary>
    public int CfaOffset { get; set; }

    /// <summary>Where the caller's frame pointer is.</summary>
    public SavedFrameKind Saved { get; set; }

    /// <summary>The distance that belongs to it.</summary>
    public int SavedOffset { get; set; }

    /// <summary>Whether the frame pointer is somewhere that rows do not express.</summary>
    public bool HasStrangeFrame { get; set; }

    /// <summary>Where the return address is.</summary>
    public ReturnAddressRule Return { get; set; }

    /// <summary>The row that says so from an address on.</summary>
    public readonly UnwindRow ToRow(uint start)
    {
        if (Return is ReturnAddressRule.None) return new(start, CfaKind.End);
        if (Cfa is CfaKind.Signal) return new(start, CfaKind.Signal);
        return Return is ReturnAddressRule.Strange || HasStrangeFrame || Cfa is CfaKind.Unknown
            ? new(start, CfaKind.Unknown)
            : new(start, Cfa, CfaOffset, Saved, SavedOffset);
    }
}
