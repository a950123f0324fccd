// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Output.Formats;

/// <summary>What stands behind the percent sign of a conversion.</summary>
[Flags]
internal enum ConversionFlags
{
    None = 0,

    /// <summary><c>-</c></summary>
    Left = 1,

    /// <summary><c>+</c></summary>
    Sign = 2,

    /// <summary>a blank</summary>
    Blank = 4,

    /// <summary><c>#</c></summary>
    Alternate = 8,

    /// <summary><c>0</c></summary>
    Zeros = 16,
}
