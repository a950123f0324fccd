// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>A number known when the program is compiled; the bits above its width are zero.</summary>
public sealed class Constant : Value
{
    /// <summary>A number of a type; bits above its width are dropped.</summary>
    public Constant(IrType type, long number)
        : base(type) => Number = type.Bits >= 64 ? number : number & ((1L << type.Bits) - 1);

    /// <summary>The number, zero-extended.</summary>
    public long Number { get; }

    /// <summary>The number, sign-extended from its width.</summary>
    public long Signed => Type.Bits >= 64 ? Number : Number << (64 - Type.Bits) >> (64 - Type.Bits);
}
