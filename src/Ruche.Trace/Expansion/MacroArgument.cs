// SPDX-License-Identifier: MIT
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Expansion;

/// <summary>What a parameter of a macro stands for in one call.</summary>
/// <param name="Value">An expression of the caller, with no macros left in it.</param>
/// <param name="Size">How many nodes it has.</param>
internal sealed record MacroArgument(Expression Value, int Size);
