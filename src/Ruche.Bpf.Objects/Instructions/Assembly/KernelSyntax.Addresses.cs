// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions.Assembly;

/// <content>Wide loads of maps, variables and functions: <c>map[fd:5][0]+8</c>, <c>btf[id:7]</c>, <c>subprog[+3]</c>.</content>
internal sealed partial class KernelSyntax
{
    private void ParseAddressOf(string kind, Register destination)
    {
        program.Add(TakeAddressOf(kind, destination));
        cursor.TryWord("ll");
    }

    private Instruction[] TakeAddressOf(string kind, Register destination)
    {
        cursor.ExpectSymbol("[");
        bool isIndex = false;
        if (kind != "subprog")
        {
            isIndex = kind == "map" && cursor.Peek.IsWord("idx");
            if (!isIndex && !cursor.Peek.IsWord("id") && !(kind == "map" && cursor.Peek.IsWord("fd")))
                throw cursor.Unexpected(kind == "map" ? "fd, id or idx" : "id");
            cursor.Take();
            cursor.ExpectSymbol(":");
        }

        int low = cursor.TakeInt32();
        cursor.ExpectSymbol("]");
        bool isValue = kind == "map" && TrySkipFirstValue();
        int high = cursor.Peek.IsSymbol("+") ? cursor.TakeInt32Signed() : 0;
        var source = (kind, isIndex, isValue) switch
        {
            ("map", false, false) => WideSource.MapDescriptor,
            ("map", false, true) => WideSource.MapValue,
            ("map", true, false) => WideSource.MapIndex,
            ("map", true, true) => WideSource.MapIndexValue,
            ("btf", _, _) => WideSource.KernelVariable,
            _ => WideSource.Function,
        };
        return Insn.LoadWide(destination, source, low, high);
    }

    private bool TrySkipFirstValue()
    {
        if (!cursor.TrySymbol("[")) return false;
        var token = cursor.Peek;
        if (cursor.TakeInt32() != 0) throw cursor.Fault(InstructionDiagnostics.NumberRange, token, "only the first value has a fixed address");
        cursor.ExpectSymbol("]");
        return true;
    }

    private void ParsePseudo()
    {
        var destination = cursor.TakeRegister();
        cursor.ExpectSymbol(",");
        var token = cursor.Peek;
        if (cursor.TakeInt32() is not (>= 0 and <= 15 and var source))
            throw cursor.Fault(InstructionDiagnostics.NumberRange, token, "the kind of a wide load is 0 to 15");
        cursor.ExpectSymbol(",");
        ulong value = cursor.TakeBits64();
        program.Add(Insn.LoadWide(destination, (WideSource)source, (int)(uint)value, (int)(uint)(value >> 32)));
    }

    private void ParseBytes()
    {
        Span<byte> bytes = stackalloc byte[Instruction.Size];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (i > 0) cursor.ExpectSymbol(",");
            var token = cursor.Peek;
            bytes[i] = cursor.TakeInt32() is >= 0 and <= byte.MaxValue and var value
                ? (byte)value
                : throw cursor.Fault(InstructionDiagnostics.NumberRange, token, "a byte is 0 to 255");
        }

        program.Add(InstructionCodec.DecodeSlot(bytes));
    }
}
