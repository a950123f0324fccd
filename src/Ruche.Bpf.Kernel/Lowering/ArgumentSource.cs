// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel.Lowering;

/// <summary>Where a program's parameters come from.</summary>
public enum ArgumentSource
{
    /// <summary>There is one, the context itself.</summary>
    Context,

    /// <summary>The context is a row of 64-bit words, one for each parameter, which the kernel knows the types of.</summary>
    TypedWords,

    /// <summary>The context is a row of 64-bit words, which the kernel knows nothing of.</summary>
    Words,

    /// <summary>The context holds the registers in which a kernel function got its arguments.</summary>
    Registers,

    /// <summary>The context holds the registers; the one parameter is what the kernel function has returned.</summary>
    ReturnRegister,

    /// <summary>The context holds the registers in which a function of a process got its arguments.</summary>
    UserRegisters,

    /// <summary>The context holds the registers; the one parameter is what the function of the process has returned.</summary>
    UserReturnRegister,

    /// <summary>
    /// The context holds the registers of a system call's own function, whose first argument leads to those in which the call got its arguments.
    /// </summary>
    SyscallRegisters,

    /// <summary>The program is called as a function is: its parameters are its own.</summary>
    Function,
}
