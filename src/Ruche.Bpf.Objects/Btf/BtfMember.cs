// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

/// <summary>A field of a struct or union.</summary>
/// <param name="Name">The field's name, empty for an anonymous struct or union.</param>
/// <param name="Type">The id of its type.</param>
/// <param name="BitOffset">Where it starts, in bits from the start of the struct.</param>
/// <param name="BitSize">How many bits it has when it is a bit field, 0 otherwise.</param>
public sealed record BtfMember(string Name, int Type, int BitOffset, int BitSize);
