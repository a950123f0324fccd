// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Instructions.Assembly;

/// <summary>Reads the conformance suite's dialect: a mnemonic, then operands between commas.</summary>
internal sealed class MnemonicSyntax(AssemblyCursor cursor, AssemblyProgram program)
{
    public void Parse()
    {
        var name = cursor.Take();
        if (name.IsWord("lock"))
        {
            ParseLock();
            return;
        }

        if (!MnemonicTable.TryFind(name.Text, out var mnemonic) || name.Kind is not AssemblyTokenKind.Word)
        {
            throw cursor.Fault(InstructionDiagnostics.UnknownMnemonic, name, $"there is no instruction {name.Shown}",
                NearestNames.Notes(name.Text, MnemonicTable.Names.Concat(KernelSyntax.Keywords)));
        }

        ParseOperands(mnemonic);
    }

    private void ParseOperands(Mnemonic mnemonic)
    {
        var slot = mnemonic.Slot;
        switch (mnemonic.Shape)
        {
            case MnemonicShape.Arithmetic:
                program.Add(TakeSecond(WithDestination(slot, TakeFirst())));
                break;
            case MnemonicShape.Unary:
                program.Add(WithDestination(slot, cursor.TakeRegister()));
                break;
            case MnemonicShape.Move:
                program.Add(WithDestination(slot, TakeFirst()).WithSource(cursor.TakeRegister()));
                break;
            case MnemonicShape.Load:
                var (destination, (address, offset)) = (TakeFirst(), TakeMemory());
                program.Add(WithDestination(slot, destination).WithSource(address).WithOffset(offset));
                break;
            case MnemonicShape.StoreImmediate:
                program.Add(TakeStored(slot).WithImmediate(cursor.TakeInt32()));
                break;
            case MnemonicShape.StoreRegister:
                program.Add(TakeStored(slot).WithSource(cursor.TakeRegister()));
                break;
            case MnemonicShape.LoadWide:
                program.Add(Insn.LoadWide(TakeFirst(), cursor.TakeBits64()));
                break;
            case MnemonicShape.LoadAbsolute:
                program.Add(slot.WithImmediate(cursor.TakeInt32()));
                break;
            case MnemonicShape.LoadIndirect:
                program.Add(slot.WithSource(TakeFirst()).WithImmediate(cursor.TakeInt32()));
                break;
            default:
                ParseJump(mnemonic);
                break;
        }
    }

    private void ParseJump(Mnemonic mnemonic)
    {
        var slot = mnemonic.Slot;
        if (mnemonic.Shape is MnemonicShape.Jump)
        {
            slot = TakeSecond(WithDestination(slot, TakeFirst()));
            cursor.ExpectSymbol(",");
        }

        var kind = slot.Opcode == Opcodes.GotoLong ? AssemblyFixupKind.Immediate : AssemblyFixupKind.Offset;
        program.AddJump(slot, cursor.TakeTarget(isLong: kind is AssemblyFixupKind.Immediate), kind, cursor.Line);
    }

    private void ParseLock()
    {
        var token = cursor.Peek;
        string name = cursor.TryWord("fetch") ? $"fetch {cursor.Peek.Text}" : token.Text;
        if (cursor.Peek.Kind is not AssemblyTokenKind.Word) throw cursor.Unexpected("an atomic operation such as add or cmpxchg32");
        if (!MnemonicTable.TryFindLock(name, out var mnemonic))
        {
            throw cursor.Fault(InstructionDiagnostics.UnknownMnemonic, cursor.Peek, $"there is no atomic operation '{name}'",
                "they are add, or, and, xor, xchg and cmpxchg, and the first four with fetch before them");
        }

        cursor.Take();
        program.Add(TakeStored(mnemonic.Slot).WithSource(cursor.TakeRegister()));
    }

    private Register TakeFirst()
    {
        var register = cursor.TakeRegister();
        cursor.ExpectSymbol(",");
        return register;
    }

    private Instruction TakeSecond(Instruction slot)
    {
        if (!cursor.Peek.IsRegister) return slot.WithImmediate(cursor.TakeInt32());
        var source = cursor.TakeRegister();
        return new((byte)(slot.Opcode | Opcodes.RegisterBit), slot.Destination, source, slot.Offset, 0);
    }

    private Instruction TakeStored(Instruction slot)
    {
        var (address, offset) = TakeMemory();
        cursor.ExpectSymbol(",");
        return WithDestination(slot, address).WithOffset(offset);
    }

    private (Register Register, short Offset) TakeMemory()
    {
        cursor.ExpectSymbol("[");
        var address = cursor.TakeAddress();
        cursor.ExpectSymbol("]");
        return address;
    }

    private static Instruction WithDestination(Instruction slot, Register destination) =>
        new(slot.Opcode, destination, slot.Source, slot.Offset, slot.Immediate);
}
