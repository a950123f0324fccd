// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

/// <summary>A named value of an enumeration; signed values are sign-extended into <paramref name="Value"/>.</summary>
public readonly record struct BtfEnumerator(string Name, ulong Value);
