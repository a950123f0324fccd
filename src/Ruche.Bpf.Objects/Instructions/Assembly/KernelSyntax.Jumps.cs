// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions.Assembly;

/// <content>Jumps and calls.</content>
internal sealed partial class KernelSyntax
{
    private void ParseConditional()
    {
        var (left, isNarrow) = cursor.TakeAnyRegister();
        var operation = TakeComparison();
        Instruction slot;
        if (cursor.Peek.IsRegister)
        {
            var right = cursor.TakeRegister(isNarrow);
            slot = isNarrow ? Insn.Jump32(operation, left, right, 0) : Insn.Jump(operation, left, right, 0);
        }
        else
        {
            int right = cursor.TakeInt32();
            slot = isNarrow ? Insn.Jump32(operation, left, right, 0) : Insn.Jump(operation, left, right, 0);
        }

        cursor.ExpectWord("goto");
        program.AddJump(slot, cursor.TakeTarget(isLong: false), AssemblyFixupKind.Offset, cursor.Line);
    }

    private JumpOperation TakeComparison()
    {
        bool isSigned = cursor.TryWord("s");
        string text = (isSigned ? "s" : "") + (cursor.Peek.Kind is AssemblyTokenKind.Symbol ? cursor.Peek.Text : "");
        var operation = OperatorText.FindJump(text) ?? throw cursor.Unexpected("a comparison: ==, !=, >, >=, <, <=, s>, s>=, s<, s<= or &");
        cursor.Take();
        return operation;
    }

    private void ParseGoto(Instruction slot, AssemblyFixupKind kind) =>
        program.AddJump(slot, cursor.TakeTarget(isLong: kind is AssemblyFixupKind.Immediate), kind, cursor.Line);

    private void ParseCall()
    {
        var token = cursor.Peek;
        if (cursor.AtNumber) program.Add(Insn.Call(cursor.TakeInt32()));
        else if (token.IsRegister) program.Add(Insn.CallRegister(cursor.TakeRegister()));
        else if (token.IsWord("local"))
        {
            cursor.Take();
            program.AddJump(Insn.CallFunction(0), cursor.TakeTarget(isLong: true), AssemblyFixupKind.Immediate, cursor.Line);
        }
        else if (token.IsWord("pc") && (cursor.PeekSecond.IsSymbol("+") || cursor.PeekSecond.IsSymbol("-")))
            program.Add(Insn.CallFunction(cursor.TakeTarget(isLong: true).Distance));
        else if (token.Kind is AssemblyTokenKind.Word) ParseNamedCall();
        else throw cursor.Unexpected("a helper, a function or pc+N");
    }

    // bpf_map_lookup_elem, bpf_map_lookup_elem#1, unknown#300, kernel-function#1234@2, or a label.
    private void ParseNamedCall()
    {
        var name = cursor.Take();
        bool isKernel = name.Text == "kernel" && cursor.TrySymbol("-");
        if (isKernel) cursor.ExpectWord("function");
        if (!cursor.TrySymbol("#"))
        {
            if (isKernel) throw cursor.Unexpected("'#' and a BTF id");
            program.AddJump(Insn.Call(0), new(0, name), AssemblyFixupKind.Call, cursor.Line);
            return;
        }

        int number = cursor.TakeInt32();
        short module = cursor.TrySymbol("@") ? cursor.TakeInt16() : (short)0;

        // Verifier logs name kernel functions when their BTF is at hand; a name that is not this helper's is one.
        bool isHelper = !isKernel && (name.Text == "unknown" || HelperNames.NameOf((Uapi.HelperId)number) == name.Text);
        program.Add(isHelper ? Insn.Call(number) : Insn.CallKernel(number, module));
    }

    private void ParseCallRegister()
    {
        var target = cursor.TakeRegister();
        if (!cursor.TrySymbol("("))
        {
            program.Add(Insn.CallRegister(target));
            return;
        }

        // Clang before 19 put the register's number into the immediate.
        cursor.ExpectWord("imm");
        cursor.ExpectSymbol(")");
        program.Add(Insn.CallRegister(Register.R0).WithImmediate((int)target));
    }
}
