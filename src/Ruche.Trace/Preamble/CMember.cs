// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Trace.Preamble;

/// <summary>A member of a struct or union.</summary>
/// <param name="Name">Its name; null for one whose members belong to the whole.</param>
/// <param name="Type">The type that its declaration begins with.</param>
/// <param name="Pointers">How many stars stand before the name.</param>
/// <param name="Counts">The lengths of the arrays that it is made of, the outermost first.</param>
/// <param name="Bits">How many bits a bit field has.</param>
internal sealed record CMember(string? Name, CType Type, int Pointers, ImmutableArray<int> Counts, int? Bits);
