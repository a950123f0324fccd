// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

/// <summary>A variable (or an extern function) and its place in its section.</summary>
public readonly record struct BtfSectionVariable(int Type, int Offset, int Size);
