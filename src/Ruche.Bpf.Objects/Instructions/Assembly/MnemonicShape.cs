// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions.Assembly;

/// <summary>What operands a mnemonic takes.</summary>
internal enum MnemonicShape
{
    /// <summary>Destination and a register or number.</summary>
    Arithmetic,

    /// <summary>Destination alone.</summary>
    Unary,

    /// <summary>Destination and source registers.</summary>
    Move,

    /// <summary>Destination and <c>[register+offset]</c>.</summary>
    Load,

    /// <summary><c>[register+offset]</c> and a number.</summary>
    StoreImmediate,

    /// <summary><c>[register+offset]</c> and a register.</summary>
    StoreRegister,

    /// <summary>Destination and a 64-bit number or an address.</summary>
    LoadWide,

    /// <summary>A constant packet offset.</summary>
    LoadAbsolute,

    /// <summary>A register and a constant packet offset.</summary>
    LoadIndirect,

    /// <summary>Register, register or number, and target.</summary>
    Jump,

    /// <summary>A target.</summary>
    Goto,

    /// <summary>An atomic operation after <c>lock</c>.</summary>
    Lock,
}
