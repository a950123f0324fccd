// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Relocation;

/// <summary>One step of an access path.</summary>
/// <param name="Type">For a field the id of its struct or union; for an element the id of the element's type.</param>
/// <param name="Index">The field's number, or the element's.</param>
/// <param name="Field">The field's name; null for an element.</param>
internal readonly record struct CoreStep(int Type, int Index, string? Field);
