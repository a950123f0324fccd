// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions.Assembly;

/// <summary>A slot that waits for a label.</summary>
internal readonly record struct AssemblyFixup(int Slot, AssemblyFixupKind Kind, AssemblyToken Label, int Line);
