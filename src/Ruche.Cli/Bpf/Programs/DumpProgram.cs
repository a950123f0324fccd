// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Programs;
using Ruche.Cli.Bpf.Code;
using Ruche.Cli.Bpf.Listing;
using Ruche.Cli.Bpf.Programs.Machine;
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
        string? file = null;
        bool opcodes = false, places = call.Value(BpfOptions.Lines);
        while (!call.Words.IsEmpty)
        {
            if (call.Words.TryTake("file")) file = call.Words.Take("the file");
            else if (call.Words.TryTake("opcodes")) opcodes = true;
            else if (call.Words.TryTake("linum")) places = true;
            else call.Words.End();
        }

        if (kind is "jited") DumpMachineCode(program, file, opcodes, places, call.Format);
        else DumpVerifiedCode(program, file, opcodes, places, call.Format);
        return ExitCode.Done;
    }

    private static void DumpVerifiedCode(BpfProgram program, string? file, bool opcodes, bool places, OutputFormat format)
    {
        ImmutableArray<Instruction> code = program.ReadTranslated();
        if (code.IsEmpty) throw new CommandFailure(ExitCode.Environment, $"the kernel does not show the code of program '{program.Name}'; it needs CAP_SYS_ADMIN, and kernel.bpf_jit_harden or kptr_restrict may forbid it");
        if (file is not null)
        {
            File.WriteAllBytes(file, InstructionCodec.Encode(code.AsSpan()));
            return;
        }

        CodeListing listing = new(VerifiedCode.Describe(program, code)) { ShowsBytes = opcodes, ShowsPlaces = places };
        Write(listing.WriteText, listing.WriteJson, format);
    }

    private static void DumpMachineCode(BpfProgram program, string? file, bool opcodes, bool places, OutputFormat format)
    {
        byte[] code = program.ReadJited();
        if (code.Length == 0) throw new CommandFailure(ExitCode.Failed, $"program '{program.Name}' has no machine code to show: it is interpreted, or net.core.bpf_jit_harden hides it");
        if (file is not null)
        {
            File.WriteAllBytes(file, code);
            return;
        }

        MachineListing listing = new(code, program.ReadDebugInfo(), VerifiedCode.TypesOf(program.GetInfo().BtfId)) { ShowsBytes = opcodes, ShowsPlaces = places };
        Write(listing.WriteText, listing.WriteJson, format);
    }

    private static void Write(Action<TextWriter> writeText, Action<Utf8JsonWriter> writeJson, OutputFormat format)
    {
        if (format is not OutputFormat.Text)
        {
            ListingOutput.WriteJson(writeJson);
            return;
        }

        using StreamWriter output = new(StandardOutput.Open(), new UTF8Encoding(false));
        writeText(output);
    }
}
