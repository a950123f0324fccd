// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Instructions.Assembly;

/// <summary>Forward-only cursor over the tokens of one line. Every expectation that fails throws with the token's place.</summary>
internal sealed partial class AssemblyCursor(List<AssemblyToken> tokens, byte? opcode, string file, int line)
{
    private int _at;

    /// <summary>The opcode a verifier log printed before the instruction.</summary>
    public byte? Opcode { get; } = opcode;

    public int Line { get; } = line;

    public AssemblyToken Peek => tokens[_at];

    public AssemblyToken PeekSecond => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    public AssemblyToken Take()
    {
        var token = tokens[_at];
        if (_at < tokens.Count - 1) _at++;
        return token;
    }

    public bool TrySymbol(string text)
    {
        if (!Peek.IsSymbol(text)) return false;
        Take();
        return true;
    }

    public bool TryWord(string text)
    {
        if (!Peek.IsWord(text)) return false;
        Take();
        return true;
    }

    public void ExpectSymbol(string text)
    {
        if (!TrySymbol(text)) throw Unexpected($"'{text}'");
    }

    public void ExpectWord(string text)
    {
        if (!TryWord(text)) throw Unexpected($"'{text}'");
    }

    /// <summary>Skips the name in angle brackets that listings print after a target.</summary>
    public void SkipAnnotation()
    {
        if (!Peek.IsSymbol("<")) return;
        while (Peek.Kind is not AssemblyTokenKind.End && !Take().IsSymbol(">")) { }
    }

    public void ExpectEnd()
    {
        SkipAnnotation();
        if (Peek.Kind is not AssemblyTokenKind.End) throw Unexpected("the end of the line");
    }

    public InvalidObjectException Unexpected(string expected) =>
        Fault(InstructionDiagnostics.Syntax, Peek, $"expected {expected}, found {Peek.Shown}");

    public InvalidObjectException Fault(string id, AssemblyToken token, string message, params string[] notes) =>
        new(new Diagnostic(id, Severity.Error, message, new Location.Text(file, Line, token.Column, token.Length)) { Notes = [.. notes] });
}
