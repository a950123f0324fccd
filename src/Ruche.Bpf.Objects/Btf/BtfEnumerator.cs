// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

/// <summary>A named value of an enumeration; signed values are sign-extended into <paramref name="Value"/>.</summary>
public sealed record BtfEnumerator(string Name, ulong Value);
