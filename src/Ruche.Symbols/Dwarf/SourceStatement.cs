// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Dwarf;

/// <summary>Where the code of a statement begins.</summary>
/// <param name="File">The path of its source, as the compiler was given it, or made whole by its directory.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Column">The column, counted from 1; 0 when it is not told.</param>
/// <param name="Address">The address of its first instruction.</param>
public sealed record SourceStatement(string File, int Line, int Column, ulong Address);
