// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions.Assembly;

/// <summary>
/// Reads the C-like syntax of llvm and the kernel: assignments here, memory, atomics and jumps in the other parts. What a line
/// starts with decides; see <see cref="TryParse"/>.
/// </summary>
internal sealed partial class KernelSyntax(AssemblyCursor cursor, AssemblyProgram program)
{
    private const byte WideOpcode = Opcodes.LoadWide;

    /// <summary>The words that start a statement.</summary>
    public static readonly string[] Keywords =
        ["if", "goto", "gotol", "gotox", "may_goto", "call", "callx", "exit", "lock", "store_release", "ld_pseudo", ".byte"];

    /// <summary>Reads a statement when its first token belongs to this syntax.</summary>
    public bool TryParse()
    {
        var first = cursor.Peek;
        if (first.IsRegister) ParseAssignment();
        else if (first.IsSymbol("*")) ParseStore();
        else if (first.IsWord("lock") && cursor.PeekSecond.IsSymbol("*")) ParseLock();
        else if (first.Kind is AssemblyTokenKind.Word && first.Text != "lock") return TryParseKeyword(first.Text);
        else return false;
        return true;
    }

    private bool TryParseKeyword(string word)
    {
        if (!Keywords.AsSpan().Contains(word)) return false;
        cursor.Take();
        switch (word)
        {
            case "if": ParseConditional(); break;
            case "goto": ParseGoto(Insn.Goto(0), AssemblyFixupKind.Offset); break;
            case "gotol": ParseGoto(Insn.GotoLong(0), AssemblyFixupKind.Immediate); break;
            case "may_goto": ParseGoto(Insn.MayGoto(0), AssemblyFixupKind.Offset); break;
            case "gotox": program.Add(Insn.GotoRegister(cursor.TakeRegister())); break;
            case "call": ParseCall(); break;
            case "callx": ParseCallRegister(); break;
            case "exit": program.Add(Insn.Exit()); break;
            case "store_release": ParseStoreRelease(); break;
            case "ld_pseudo": ParsePseudo(); break;
            default: ParseBytes(); break;
        }

        return true;
    }

    private void ParseAssignment()
    {
        var (destination, isNarrow) = cursor.TakeAnyRegister();
        if (cursor.TrySymbol("=")) ParseValue(destination, isNarrow);
        else ParseCompound(destination, isNarrow);
    }

    private void ParseCompound(Register destination, bool isNarrow)
    {
        bool isSigned = cursor.TryWord("s");
        var token = cursor.Peek;
        string text = token.Kind is AssemblyTokenKind.Symbol && token.Text.EndsWith('=') ? token.Text[..^1] : "";
        var operation = OperatorText.FindAlu(isSigned && text == ">>" ? "s>>" : text);
        bool isDivision = operation is AluOperation.Div or AluOperation.Mod;
        if (operation is not { } op || (isSigned && !isDivision && op is not AluOperation.Arsh))
            throw cursor.Unexpected("'=' or an operator such as '+=' or 's>>='");

        cursor.Take();
        var slot = SecondOperand(op, destination, isNarrow);
        program.Add(isSigned && isDivision ? Insn.Signed(slot) : slot);
    }

    private Instruction SecondOperand(AluOperation operation, Register destination, bool isNarrow)
    {
        if (cursor.Peek.IsRegister)
        {
            var source = cursor.TakeRegister(isNarrow);
            return isNarrow ? Insn.Alu32(operation, destination, source) : Insn.Alu64(operation, destination, source);
        }

        if (!cursor.AtNumber) throw cursor.Unexpected("a register or a number");
        int immediate = cursor.TakeInt32();
        return isNarrow ? Insn.Alu32(operation, destination, immediate) : Insn.Alu64(operation, destination, immediate);
    }

    private void ParseValue(Register destination, bool isNarrow)
    {
        var token = cursor.Peek;
        if (token.IsRegister) program.Add(SecondOperand(AluOperation.Mov, destination, isNarrow));
        else if (token.IsSymbol("-") && cursor.PeekSecond.IsRegister) ParseNegation(destination, isNarrow);
        else if (cursor.AtNumber) ParseConstant(destination, isNarrow);
        else if (token.IsSymbol("(")) ParseSignExtension(destination, isNarrow);
        else if (token.IsSymbol("*")) ParseLoad(destination, isNarrow);
        else if (token.IsSymbol("&")) ParsePerCpuAddress(destination);
        else if (token.Kind is AssemblyTokenKind.Word) ParseNamedValue(destination, isNarrow);
        else throw cursor.Unexpected("a value");
    }

    private void ParseNegation(Register destination, bool isNarrow)
    {
        cursor.ExpectSymbol("-");
        cursor.ExpectRegister(destination, isNarrow, "the negated register");
        program.Add(isNarrow ? Insn.Neg32(destination) : Insn.Neg64(destination));
    }

    private void ParseConstant(Register destination, bool isNarrow)
    {
        var start = cursor.Peek;
        var number = cursor.TakeNumber();
        if (cursor.TryWord("ll") || cursor.Opcode == WideOpcode)
        {
            if (isNarrow) throw cursor.Fault(InstructionDiagnostics.UnknownRegister, start, "a wide load fills an r register");
            ulong value = number.ToBits64() ?? throw cursor.Fault(InstructionDiagnostics.NumberRange, start, "the number does not fit 64 bits");
            program.Add(Insn.LoadWide(destination, value));
            return;
        }

        int immediate = number.ToInt32() ?? throw cursor.Fault(InstructionDiagnostics.NumberRange, start,
            "the number does not fit a 32-bit immediate", "a wide load takes 64 bits: r1 = NUMBER ll");
        program.Add(isNarrow ? Insn.Mov32(destination, immediate) : Insn.Mov64(destination, immediate));
    }

    private void ParseSignExtension(Register destination, bool isNarrow)
    {
        cursor.ExpectSymbol("(");
        int bits = cursor.Peek.Text switch { "s8" => 8, "s16" => 16, "s32" when !isNarrow => 32, _ => 0 };
        if (bits == 0) throw cursor.Unexpected(isNarrow ? "s8 or s16" : "s8, s16 or s32");
        cursor.Take();
        cursor.ExpectSymbol(")");
        var token = cursor.Peek;
        var (source, sourceIsNarrow) = cursor.TakeAnyRegister();

        // llvm writes the 32-bit source of a 64-bit move as w, the kernel as r.
        if (sourceIsNarrow != isNarrow && bits != 32)
            throw cursor.Fault(InstructionDiagnostics.UnknownRegister, token, $"register {token.Shown} has the wrong width here");
        program.Add(isNarrow ? Insn.MovSx32(destination, source, bits) : Insn.MovSx64(destination, source, bits));
    }

    private void ParsePerCpuAddress(Register destination)
    {
        cursor.ExpectSymbol("&");
        cursor.ExpectSymbol("(");
        cursor.ExpectWord("void");
        cursor.ExpectWord("__percpu");
        cursor.ExpectSymbol("*");
        cursor.ExpectSymbol(")");
        cursor.ExpectSymbol("(");
        var source = cursor.TakeRegister();
        cursor.ExpectSymbol(")");
        program.Add(Insn.Mov64(destination, source).WithOffset(Opcodes.PerCpuAddress));
    }
}
