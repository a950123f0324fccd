// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <content>Jumps, calls and exit. Distances count slots from the one after the jump.</content>
public static partial class Insn
{
    /// <summary>Unconditional jump.</summary>
    public static Instruction Goto(short distance) => new(Opcodes.Goto, default, default, distance, 0);

    /// <summary>Unconditional jump of up to 32 bits. Linux 6.6.</summary>
    public static Instruction GotoLong(int distance) => new(Opcodes.GotoLong, default, default, 0, distance);

    /// <summary>Jump to the address in a register. Linux 6.19.</summary>
    public static Instruction GotoRegister(Register target) => new(Opcodes.GotoRegister, target, default, 0, 0);

    /// <summary>Jump out of a loop that has run long enough. Linux 6.9.</summary>
    public static Instruction MayGoto(short distance) => new(Opcodes.MayGoto, default, default, distance, 0);

    /// <summary>64-bit comparison with an immediate.</summary>
    public static Instruction Jump(JumpOperation operation, Register left, int right, short distance) =>
        new(Opcodes.Of(InstructionClass.Jump, operation, register: false), left, default, distance, right);

    /// <summary>64-bit comparison with a register.</summary>
    public static Instruction Jump(JumpOperation operation, Register left, Register right, short distance) =>
        new(Opcodes.Of(InstructionClass.Jump, operation, register: true), left, right, distance, 0);

    /// <summary>32-bit comparison with an immediate. Linux 5.1.</summary>
    public static Instruction Jump32(JumpOperation operation, Register left, int right, short distance) =>
        new(Opcodes.Of(InstructionClass.Jump32, operation, register: false), left, default, distance, right);

    /// <summary>32-bit comparison with a register. Linux 5.1.</summary>
    public static Instruction Jump32(JumpOperation operation, Register left, Register right, short distance) =>
        new(Opcodes.Of(InstructionClass.Jump32, operation, register: true), left, right, distance, 0);

    /// <summary>Call of a kernel helper.</summary>
    public static Instruction Call(Uapi.HelperId helper) => Call((int)helper);

    /// <summary>Call of a kernel helper by number.</summary>
    public static Instruction Call(int helper) => new(Opcodes.Call, default, (Register)CallKind.Helper, 0, helper);

    /// <summary>Call of a function of the program.</summary>
    public static Instruction CallFunction(int distance) => new(Opcodes.Call, default, (Register)CallKind.Local, 0, distance);

    /// <summary>Call of a kernel function (kfunc) by BTF id; modules are named by an index of <c>fd_array</c>.</summary>
    public static Instruction CallKernel(int btfId, short module = 0) =>
        new(Opcodes.Call, default, (Register)CallKind.Kernel, module, btfId);

    /// <summary>Call of the address in a register; Linux does not load it.</summary>
    public static Instruction CallRegister(Register target) => new(Opcodes.CallRegister, target, default, 0, 0);

    /// <summary>Return from the function.</summary>
    public static Instruction Exit() => new(Opcodes.Exit, default, default, 0, 0);
}
