// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Trace.Lowering;

/// <summary>Where registers stand in what kprobes and uprobes hand over (<c>struct pt_regs</c>), by the processor's calling convention.</summary>
internal static class ProcessorRegisters
{
    private static readonly int[] X64 = [112, 104, 96, 88, 72, 64];
    private static readonly string[] NamesX64 = ["r15", "r14", "r13", "r12", "bp", "bx", "r11", "r10", "r9", "r8", "ax", "cx", "dx", "si", "di", "orig_ax", "ip", "cs", "flags", "sp", "ss"];
    private static readonly string[] NamesArm = [.. Enumerable.Range(0, 31).Select(i => $"r{i}"), "sp", "pc", "pstate"];
    /// <summary>Whether the processor is one of ARM's, with 64 bits.</summary>
    public static bool IsArm { get; } = RuntimeInformation.ProcessArchitecture is Architecture.Arm64;

    /// <summary>How many arguments come in registers.</summary>
    public static int Arguments => IsArm ? 8 : X64.Length;

    /// <summary>How far above the top of the stack the other arguments begin when a function is entered.</summary>
    public static int StackedArguments => IsArm ? 0 : sizeof(ulong);

    /// <summary>What a function returns.</summary>
    public static int Returned => IsArm ? 0 : 80;

    /// <summary>The instruction that comes next.</summary>
    public static int Instruction => IsArm ? 256 : 128;

    /// <summary>The top of the stack.</summary>
    public static int Stack => IsArm ? 248 : 152;

    /// <summary>How far above the top of the stack an argument lies that found no register, counted from 0, when a function begins.</summary>
    public static int StackArgument(int number) => (number + (IsArm ? 0 : 1)) * sizeof(ulong);

    /// <summary>The processor was in the process's code when these bits of a register have this value.</summary>
    public static (int Register, long Mask, long Value) UserMode => IsArm ? (264, 0xf, 0) : (136, 3, 3);

    public static IEnumerable<string> Names => IsArm ? NamesArm : NamesX64;

    /// <summary>Where a register stands by its name; null when there is none.</summary>
    public static int? Find(string name) => Array.IndexOf(IsArm ? NamesArm : NamesX64, name) is var at and >= 0 ? at * sizeof(ulong) : null;

    /// <summary>An argument, counted from 0.</summary>
    public static int Argument(int number) => IsArm ? number * 8 : X64[number];
}
