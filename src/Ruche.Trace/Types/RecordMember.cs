// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Types;

/// <summary>
/// A field: where it begins, in bytes. A bit field has <paramref name="BitSize"/> bits, <paramref name="BitOffset"/> bits above the lowest of
/// the number at <paramref name="Offset"/>, which is as wide as the type says.
/// </summary>
internal sealed record RecordMember(string Name, TraceType Type, int Offset, int BitOffset = 0, int BitSize = 0)
{
    /// <summary>
    /// Whether the field holds where the value stands and not the value: the low 16 bits of a word are the distance from the start of the
    /// event (or, when relative, from behind the word), the high 16 bits the length.
    /// </summary>
    public FieldLocation Location { get; init; }

    /// <summary>
    /// Which word of those that a function of a program is called with holds the argument: registers first, then the words on the stack. Null when it
    /// is in none of them alone.
    /// </summary>
    public int? Word { get; init; }

    /// <summary>The type as C writes it, for listings; empty when nobody said.</summary>
    public string Spelling { get; init; } = "";
}
