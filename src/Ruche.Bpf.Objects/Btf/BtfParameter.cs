// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

/// <summary>A parameter of a function prototype. The last one without name and type stands for <c>...</c>.</summary>
public sealed record BtfParameter(string Name, int Type);
