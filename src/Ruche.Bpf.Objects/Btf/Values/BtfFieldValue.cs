// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf.Values;

/// <summary>A field and its value. The name is empty for an anonymous struct or union, whose fields belong to the outer one in C.</summary>
public sealed record BtfFieldValue(string Name, BtfValue Value);
