// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>A value that a block is given by whoever jumps to it; those of the first block are the function's parameters.</summary>
public sealed class BlockParameter(IrType type) : Value(type);
