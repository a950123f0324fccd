// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions.Assembly;

/// <summary>A mnemonic: the slot it makes before its operands are filled in, and what they are.</summary>
internal readonly record struct Mnemonic(MnemonicShape Shape, Instruction Slot);
