// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf.Values;

/// <summary>A field of a structure and its value.</summary>
public readonly record struct BtfField(string Name, BtfValue Value);
