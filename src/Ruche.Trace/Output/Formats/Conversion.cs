// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Output.Formats;

/// <summary>
/// A conversion of a format: its flags, how wide it is at least, how many digits there are at least or bytes at most (−1: not said), and how
/// many bits of a number count.
/// </summary>
internal readonly record struct Conversion(ConversionKind Kind, ConversionFlags Flags, int Width, int Precision, int Bits)
{
    public bool IsLeft => (Flags & ConversionFlags.Left) != 0;

    /// <summary>Whether the argument is shown as it is, which is what most conversions ask for.</summary>
    public bool IsPlain => Flags == ConversionFlags.None && Width == 0 && Precision < 0;
}
