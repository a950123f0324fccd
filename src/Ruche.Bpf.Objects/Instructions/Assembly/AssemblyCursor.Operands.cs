// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Bpf.Objects.Instructions.Assembly;

/// <content>Registers, numbers, addresses and targets.</content>
internal sealed partial class AssemblyCursor
{
    private const string RegisterRange = "registers are r0 to r10, and w0 to w10 for their lower halves";

    public bool AtNumber => Peek.Kind is AssemblyTokenKind.Number || Peek.IsSymbol("+") || Peek.IsSymbol("-");

    /// <summary>A register of either width.</summary>
    public (Register Register, bool IsNarrow) TakeAnyRegister()
    {
        if (!Peek.IsRegister) throw Unexpected("a register");
        var token = Take();
        if (token.Text.Length > 3 || int.Parse(token.Text.AsSpan(1), CultureInfo.InvariantCulture) is var number && number > 10)
            throw Fault(InstructionDiagnostics.UnknownRegister, token, $"register {token.Shown} does not exist", RegisterRange);
        return ((Register)number, token.Text[0] == 'w');
    }

    /// <summary>A register of the given width.</summary>
    public Register TakeRegister(bool isNarrow = false)
    {
        var token = Peek;
        var (register, found) = TakeAnyRegister();
        if (found == isNarrow) return register;
        throw Fault(InstructionDiagnostics.UnknownRegister, token,
            $"register {token.Shown} has the wrong width here, expected '{(isNarrow ? 'w' : 'r')}{(int)register}'");
    }

    /// <summary>A register that must be the given one, of the given width or, when allowed, of either.</summary>
    public void ExpectRegister(Register expected, bool? isNarrow, string why)
    {
        var token = Peek;
        var register = isNarrow is { } narrow ? TakeRegister(narrow) : TakeAnyRegister().Register;
        if (register != expected)
            throw Fault(InstructionDiagnostics.UnknownRegister, token, $"{why} must be r{(int)expected}, found {token.Shown}");
    }

    public int TakeInt32()
    {
        var token = Peek;
        return TakeNumber().ToInt32() ?? throw OutOfRange(token, "32-bit immediate");
    }

    /// <summary>A 32-bit number after its sign, as in <c>r1 + -4</c>.</summary>
    public int TakeInt32Signed()
    {
        if (Peek.IsSymbol("+") && PeekSecond.IsSymbol("-")) Take();
        return TakeInt32();
    }

    public short TakeInt16()
    {
        var token = Peek;
        return TakeNumber().ToInt16() ?? throw OutOfRange(token, "16-bit offset");
    }

    public ulong TakeBits64()
    {
        var token = Peek;
        return TakeNumber().ToBits64() ?? throw OutOfRange(token, "64-bit immediate");
    }

    public AssemblyNumber TakeNumber()
    {
        bool isNegative = Peek.IsSymbol("-");
        if (isNegative || Peek.IsSymbol("+")) Take();
        if (Peek.Kind is not AssemblyTokenKind.Number) throw Unexpected("a number");
        var token = Take();
        bool isHex = token.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var digits = isHex ? token.Text.AsSpan(2) : token.Text;
        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        if (ulong.TryParse(digits, style, CultureInfo.InvariantCulture, out ulong magnitude)) return new(isNegative, magnitude, isHex);
        throw Fault(InstructionDiagnostics.NumberRange, token, $"{token.Shown} is not a decimal or hexadecimal number of 64 bits");
    }

    /// <summary><c>r1 + 8</c>, <c>r1 - 8</c>, <c>r1 +8</c> or <c>r1</c>.</summary>
    public (Register Register, short Offset) TakeAddress()
    {
        var register = TakeRegister();
        return (register, AtNumber ? TakeInt16() : (short)0);
    }

    /// <summary>A distance (<c>+5</c>, <c>pc-3</c>), or a label.</summary>
    public JumpTarget TakeTarget(bool isLong)
    {
        if (Peek.IsWord("pc") && (PeekSecond.IsSymbol("+") || PeekSecond.IsSymbol("-"))) Take();
        JumpTarget target;
        if (AtNumber) target = new(isLong ? TakeInt32() : TakeInt16(), null);
        else if (Peek.Kind is AssemblyTokenKind.Word && !Peek.IsRegister) target = new(0, Take());
        else throw Unexpected("a distance or a label");
        SkipAnnotation();
        return target;
    }

    private Diagnostics.InvalidObjectException OutOfRange(AssemblyToken token, string field) =>
        Fault(InstructionDiagnostics.NumberRange, token, $"the number at {token.Shown} does not fit a {field}",
            field.StartsWith("32", StringComparison.Ordinal) ? "a wide load takes 64 bits: r1 = NUMBER ll" : "the range is -32768 to 32767");
}
