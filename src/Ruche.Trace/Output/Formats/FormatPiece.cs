// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Output.Formats;

/// <summary>Bytes that are printed as they are, and the conversion behind them, if any, with where it stands in the format.</summary>
internal sealed record FormatPiece(byte[] Literal, Conversion? Conversion, int Start, int Length);
