// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Cli.Live;

/// <summary>Finds the programs that write to the kernel's trace pipe.</summary>
internal static class TracePrograms
{
    private const byte CallOpcode = 0x85;

    /// <summary>Whether any code of the object calls <c>bpf_trace_printk</c> or <c>bpf_trace_vprintk</c>.</summary>
    public static bool Any(ObjectSpec spec) =>
        spec.Programs.Any(program => Writes(program.Entry)) || spec.Functions.Values.Any(Writes);

    private static bool Writes(FunctionSpec function)
    {
        foreach (Instruction instruction in function.Instructions)
        {
            if (instruction is { Opcode: CallOpcode, Source: Register.R0 }
                && (HelperId)instruction.Immediate is HelperId.TracePrintk or HelperId.TraceVprintk) return true;
        }

        return false;
    }
}
