// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Specs;

/// <summary>A statically filled entry: key <paramref name="Key"/> holds the map or program (or, in a struct_ops map at byte
/// <paramref name="Key"/>, the callback) named <paramref name="Target"/>.</summary>
public sealed record MapSlot(uint Key, string Target);
