// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions.Assembly;

namespace Ruche.Bpf.Objects.Instructions;

/// <summary>
/// Turns text into instructions, one a line: what <see cref="Disassembler"/>, <c>llvm-objdump</c> and the kernel's verifier print,
/// and the mnemonics of the conformance suite (<c>mov32 %r1, 5</c>). Labels end in a colon; comments start with <c>#</c>,
/// <c>//</c> or <c>;</c>. Slot numbers, bytes and names in angle brackets that listings print are skipped.
/// </summary>
public static class Assembler
{
    // Text of garbage has a finding per line; nobody reads more than this.
    private const int MaxFindings = 64;

    /// <summary>Assembles a text.</summary>
    /// <exception cref="InvalidObjectException">The text is not assembly; the diagnostics carry line and column.</exception>
    public static Instruction[] Assemble(string text, string file = "asm")
    {
        DiagnosticBag diagnostics = new();
        var slots = Assemble(text, diagnostics, file);
        diagnostics.ThrowIfErrors();
        return slots;
    }

    /// <summary>Assembles a text and reports to a bag what it cannot; false when there was an error.</summary>
    public static bool TryAssemble(
        string text, DiagnosticBag diagnostics, [NotNullWhen(true)] out Instruction[]? instructions, string file = "asm")
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        DiagnosticBag own = new();
        var slots = Assemble(text, own, file);
        foreach (var diagnostic in own.Items) diagnostics.Report(diagnostic);
        instructions = own.HasErrors ? null : slots;
        return instructions is not null;
    }

    private static Instruction[] Assemble(string text, DiagnosticBag diagnostics, string file)
    {
        ArgumentNullException.ThrowIfNull(text);
        AssemblyProgram program = new(file, diagnostics);
        int number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            try
            {
                ReadLine(line.ToString(), file, number, program);
            }
            catch (InvalidObjectException refused)
            {
                foreach (var diagnostic in refused.Diagnostics) diagnostics.Report(diagnostic);
                if (diagnostics.Items.Count >= MaxFindings) return [];
            }
        }

        program.Resolve(MaxFindings);
        return program.ToArray();
    }

    private static void ReadLine(string line, string file, int number, AssemblyProgram program)
    {
        var prefix = AssemblyLinePrefix.Read(line);
        AssemblyCursor cursor = new(AssemblyLexer.Split(line, prefix.Length), prefix.Opcode, file, number);
        if (prefix.Label is { } header) Define(header, cursor, cursor.Peek, program);
        while (cursor.Peek.Kind is AssemblyTokenKind.Word && cursor.PeekSecond.IsSymbol(":"))
        {
            var label = cursor.Take();
            cursor.ExpectSymbol(":");
            Define(label.Text, cursor, label, program);
        }

        if (cursor.Peek.Kind is AssemblyTokenKind.End) return;
        if (cursor.Peek.Kind is AssemblyTokenKind.Number) throw cursor.Unexpected("an instruction");
        if (!new KernelSyntax(cursor, program).TryParse()) new MnemonicSyntax(cursor, program).Parse();
        cursor.ExpectEnd();
    }

    private static void Define(string label, AssemblyCursor cursor, AssemblyToken token, AssemblyProgram program)
    {
        if (token.IsRegister) throw cursor.Fault(InstructionDiagnostics.Syntax, token, $"label {token.Shown} is the name of a register");
        if (!program.TryDefine(label)) throw cursor.Fault(InstructionDiagnostics.DuplicateLabel, token, $"label '{label}' is defined twice");
    }
}
