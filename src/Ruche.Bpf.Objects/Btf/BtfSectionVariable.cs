// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

/// <summary>A variable (or an extern function) and its place in its section.</summary>
public sealed record BtfSectionVariable(int Type, int Offset, int Size);
