// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine;

/// <summary>What runs a program.</summary>
public enum MachineEngine
{
    /// <summary>Machine code where there is a compiler for the processor and system (x64 with AVX and BMI2, Linux); instruction by instruction elsewhere.</summary>
    Automatic,

    /// <summary>
    /// Instruction by instruction. It counts exactly, and a function reaches only the stack that is in use; machine code counts what
    /// loops and calls take, and reaches the whole stack of the run.
    /// </summary>
    Interpreter,
}
