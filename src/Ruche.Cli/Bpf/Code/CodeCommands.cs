// SPDX-License-Identifier: MIT
using System.CommandLine;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Code;

/// <summary>Describes <c>ruche bpf dump</c>, <c>asm</c> and <c>disasm</c>.</summary>
internal static class CodeCommands
{
    /// <summary>The dump of an object file.</summary>
    public static Command Dump() => WordCommand.Create("bpf dump", "Print what is in an object file: sections, maps, globals, programs and their code",
        "FILE.o", "xdp_drop_tcp.bpf.o", DumpObject.Run, BpfOptions.Output);

    /// <summary>The assembler.</summary>
    public static Command Assemble() => WordCommand.Create("bpf asm", "Turn assembly into code: hexadecimal digits, bytes, or an object with one program",
        AssembleCode.Syntax, "prog.s object xdp > prog.bpf.o", AssembleCode.Run);

    /// <summary>The disassembler.</summary>
    public static Command Disassemble() => WordCommand.Create("bpf disasm", "Print code as assembly that 'ruche bpf asm' reads back",
        "FILE | - | HEX…", "b700000002000000 9500000000000000", DisassembleCode.Run, BpfOptions.Output);
}
