// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Explanations;

/// <summary>What came of reading a text as a verifier log.</summary>
public enum LogVerdict
{
    /// <summary>The text is no verifier log.</summary>
    NoLog,

    /// <summary>The log has no complaint: the program was accepted.</summary>
    Accepted,

    /// <summary>The log is cut off before its end, and with it the complaint.</summary>
    CutOff,

    /// <summary>The log complains in words that are not known here.</summary>
    Unknown,

    /// <summary>The complaint is explained.</summary>
    Explained,
}
