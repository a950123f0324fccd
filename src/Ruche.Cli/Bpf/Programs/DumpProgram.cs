// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Text;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Programs;
using Ruche.Cli.Bpf.Code;
using Ruche.Cli.Bpf.Listing;
using Ruche.Cli.Bpf.Words;
using Ruche.Cli.Run;
using Ruche.Cli.Terminals;

namespace Ruche.Cli.Bpf.Programs;

/// <summary><c>ruche bpf prog dump</c>.</summary>
internal static class DumpProgram
{
    /// <summary>How the words are written.</summary>
    public const string Syntax = $"(xlated|jited) ({ProgramSelection.Syntax}) [file PATH] [opcodes] [linum]";

    /// <summary>Prints the code of a program as the kernel has it.</summary>
    public static int Run(Invocation call)
    {
        string kind = call.Words.Take("xlated or jited");
        if (kind is not ("xlated" or "jited")) throw call.Words.Refuse($"'{kind}' is not expected here");
        using BpfProgram program = ProgramSelection.TakeOne(call.Words);
        string? file = call.Words.TryTake("file") ? call.Words.Take("the file") : null;
        bool opcodes = call.Words.TryTake("opcodes");
        bool places = call.Value(BpfOptions.Lines) | call.Words.TryTake("linum");
        call.Words.End();
        if (kind is "jited") return DumpMachineCode.Run(program, file, call.Format);

        ImmutableArray<Instruction> code = program.ReadTranslated();
        if (code.IsEmpty) throw new CommandFailure(ExitCode.Environment, $"the kernel does not show the code of program '{program.Name}'; it needs CAP_SYS_ADMIN, and kernel.bpf_jit_harden or kptr_restrict may forbid it");
        if (file is not null) File.WriteAllBytes(file, InstructionCodec.Encode(code.AsSpan()));
        else Write(new(VerifiedCode.Describe(program, code)) { ShowsBytes = opcodes, ShowsPlaces = places }, call.Format);
        return ExitCode.Done;
    }

    private static void Write(CodeListing listing, OutputFormat format)
    {
        if (format is not OutputFormat.Text)
        {
            ListingOutput.WriteJson(listing.WriteJson);
            return;
        }

        using StreamWriter output = new(StandardOutput.Open(), new UTF8Encoding(false));
        listing.WriteText(output);
    }
}
