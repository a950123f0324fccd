// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

/// <summary>Which BTF function starts at a slot.</summary>
/// <param name="Slot">The slot, from the start of the function or program that owns the record.</param>
/// <param name="Type">The id of the BTF function.</param>
public readonly record struct FuncInfo(int Slot, int Type);
