// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions.Assembly;

/// <content>Loads, stores and locked operations.</content>
internal sealed partial class KernelSyntax
{
    private void ParseLoad(Register destination, bool isNarrow)
    {
        cursor.ExpectSymbol("*");
        var type = cursor.PeekSecond;
        var (width, isSigned) = TakeType();
        if (cursor.TryWord("skb"))
        {
            ParsePacketLoad(destination, width, type, isSigned);
            return;
        }

        cursor.ExpectSymbol("(");
        var (address, offset) = cursor.TakeAddress();
        cursor.ExpectSymbol(")");
        CheckWidth(isNarrow, isSigned ? MemoryWidth.Double : width, type);
        if (isSigned && width is MemoryWidth.Double) throw cursor.Fault(InstructionDiagnostics.Syntax, type, "sign-extending loads are s8, s16 and s32");
        program.Add(isSigned ? Insn.LoadSigned(width, destination, address, offset) : Insn.Load(width, destination, address, offset));
    }

    private void ParsePacketLoad(Register destination, MemoryWidth width, AssemblyToken type, bool isSigned)
    {
        if (destination != Register.R0 || isSigned || width is MemoryWidth.Double)
            throw cursor.Fault(InstructionDiagnostics.Syntax, type, "a packet load is r0 = *(u8, u16 or u32 *)skb[...]");
        cursor.ExpectSymbol("[");
        if (cursor.Peek.IsRegister)
        {
            var index = cursor.TakeRegister();
            program.Add(Insn.LoadPacket(width, index, cursor.AtNumber ? cursor.TakeInt32Signed() : 0));
        }
        else program.Add(Insn.LoadPacket(width, cursor.TakeInt32()));

        cursor.ExpectSymbol("]");
    }

    private void ParseStore()
    {
        var (width, address, offset) = TakeDereference();
        cursor.ExpectSymbol("=");
        if (!cursor.Peek.IsRegister)
        {
            program.Add(Insn.Store(width, address, offset, cursor.TakeInt32()));
            return;
        }

        var token = cursor.Peek;
        var (source, isNarrow) = cursor.TakeAnyRegister();
        CheckWidth(isNarrow, width, token);
        program.Add(Insn.Store(width, address, offset, source));
    }

    private void ParseLock()
    {
        cursor.ExpectWord("lock");
        var (width, address, offset) = TakeDereference();
        AtomicOperation operation = cursor.Peek.Text switch
        {
            "+=" => AtomicOperation.Add,
            "|=" => AtomicOperation.Or,
            "&=" => AtomicOperation.And,
            "^=" => AtomicOperation.Xor,
            _ => throw cursor.Unexpected("'+=', '|=', '&=' or '^='"),
        };
        cursor.Take();
        var token = cursor.Peek;
        var (source, isNarrow) = cursor.TakeAnyRegister();
        CheckWidth(isNarrow, width, token);
        program.Add(Insn.Atomic(operation, width, address, offset, source));
    }

    private void ParseStoreRelease()
    {
        cursor.ExpectSymbol("(");
        var (width, address, offset) = TakePointer();
        cursor.ExpectSymbol(",");
        var token = cursor.Peek;
        var (source, isNarrow) = cursor.TakeAnyRegister();
        CheckWidth(isNarrow, width, token);
        cursor.ExpectSymbol(")");
        program.Add(Insn.StoreRelease(width, address, offset, source));
    }

    // *(u64 *)(r1 + 8)
    private (MemoryWidth Width, Register Address, short Offset) TakeDereference()
    {
        cursor.ExpectSymbol("*");
        return TakePointer();
    }

    // (u64 *)(r1 + 8)
    private (MemoryWidth Width, Register Address, short Offset) TakePointer()
    {
        var token = cursor.PeekSecond;
        var (width, isSigned) = TakeType();
        if (isSigned) throw cursor.Fault(InstructionDiagnostics.Syntax, token, "only loads are signed");
        cursor.ExpectSymbol("(");
        var (address, offset) = cursor.TakeAddress();
        cursor.ExpectSymbol(")");
        return (width, address, offset);
    }

    // (u64 *)
    private (MemoryWidth Width, bool IsSigned) TakeType()
    {
        cursor.ExpectSymbol("(");
        string text = cursor.Peek.Kind is AssemblyTokenKind.Word ? cursor.Peek.Text : "";
        bool isSigned = text.StartsWith('s');
        if (text.Length < 2 || (!isSigned && text[0] != 'u') || OperatorText.FindWidth(text.AsSpan(1)) is not { } width)
            throw cursor.Unexpected("a type: u8, u16, u32, u64, s8, s16 or s32");
        cursor.Take();
        cursor.ExpectSymbol("*");
        cursor.ExpectSymbol(")");
        return (width, isSigned);
    }
}
