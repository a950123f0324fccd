// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

/// <summary>A place in the code whose constant depends on the running kernel's types.</summary>
/// <param name="Slot">The slot to patch, from the start of the function or program that owns the record.</param>
/// <param name="Type">The id of the root type in the object's BTF.</param>
/// <param name="Access">The access path, such as <c>0:1:3</c>.</param>
/// <param name="Kind">What is asked.</param>
public sealed record CoreRelocation(int Slot, int Type, string Access, CoreRelocationKind Kind);
