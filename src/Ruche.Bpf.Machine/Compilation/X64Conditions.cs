// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Iced.Intel;
using Ruche.Bpf.Machine.Code;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>Conditional jumps: what is compared, and which of the processor's jumps goes.</summary>
internal static class X64Conditions
{
    // The conditions follow each other in the opcode's upper half, whatever class and second operand.
    private const int OperationMask = 0xf0;

    public static bool IsConditional(Operation operation) =>
        (int)operation <= byte.MaxValue && ((int)operation & 7) is 5 or 6 && ((int)operation & OperationMask) is not (0x00 or 0x80 or 0x90 or 0xe0 or 0xf0);

    public static bool IsNarrow(Operation operation) => ((int)operation & 7) == 6;

    public static bool HasRegister(Operation operation) => ((int)operation & 8) != 0;

    public static bool IsTest(Operation operation) => ((int)operation & OperationMask) == 0x40;

    public static void Jump(Assembler c, Operation operation, Label target)
    {
        switch ((int)operation & OperationMask)
        {
            case 0x10: c.je(target); break;
            case 0x20: c.ja(target); break;
            case 0x30: c.jae(target); break;
            case 0x40 or 0x50: c.jne(target); break;
            case 0x60: c.jg(target); break;
            case 0x70: c.jge(target); break;
            case 0xa0: c.jb(target); break;
            case 0xb0: c.jbe(target); break;
            case 0xc0: c.jl(target); break;
            case 0xd0: c.jle(target); break;
            default: throw new UnreachableException($"{operation} is no conditional jump");
        }
    }
}
