// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Text;
using Ruche.Bpf.Objects;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Cli.Bpf.Words;
using Ruche.Cli.Terminals;

namespace Ruche.Cli.Bpf.Code;

/// <summary><c>ruche bpf asm</c>: turns assembly into code.</summary>
internal static class AssembleCode
{
    /// <summary>How the words are written.</summary>
    public const string Syntax = "(FILE|-) [hex | raw | object SECTION]";

    /// <summary>Prints the code as hexadecimal digits, one instruction a line, as bytes, or as an object with one program.</summary>
    public static int Run(Invocation call)
    {
        string path = call.Words.Take("the file");
        string form = call.Words.IsEmpty ? "hex" : call.Words.Take("the form");
        if (form is not ("hex" or "raw" or "object")) throw call.Words.Refuse($"'{form}' is not expected here");
        string section = form is "object" ? call.Words.Take("the section") : "";
        call.Words.End();
        if (path is not "-" && !File.Exists(path)) throw new CommandFailure(ExitCode.Usage, $"open '{path}': no such file");
        string text = path is "-" ? Encoding.UTF8.GetString(CodeFile.ReadInput()) : File.ReadAllText(path);
        Instruction[] code = Assembler.Assemble(text, path);
        using Stream output = StandardOutput.Open();
        output.Write(form switch
        {
            "raw" => InstructionCodec.Encode(code),
            "object" => Object(code, section).Write(),
            _ => Hex(code),
        });
        return ExitCode.Done;
    }

    private static byte[] Hex(Instruction[] code)
    {
        StringBuilder text = new();
        foreach (Instruction slot in code) text.Append(Convert.ToHexStringLower(InstructionCodec.Encode([slot]))).Append('\n');
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static ObjectSpec Object(Instruction[] code, string section)
    {
        SectionMatch match = SectionNames.Match(section);
        if (match.Definition is not { } definition) throw new CommandFailure(ExitCode.Usage, $"'{section}' names no kind of program; write xdp, tc, tracepoint/… as in C");
        return new()
        {
            Name = "asm",
            ByteOrder = ByteOrder.Little,
            License = "GPL",
            Programs =
            [
                new()
                {
                    Name = "main",
                    Section = section,
                    Type = definition.Type,
                    AttachType = definition.AttachType,
                    Attach = definition.Attach,
                    AttachTarget = match.Target,
                    Entry = new() { Name = "main", Section = section, Instructions = ImmutableArray.Create(code), IsGlobal = true },
                },
            ],
        };
    }
}
