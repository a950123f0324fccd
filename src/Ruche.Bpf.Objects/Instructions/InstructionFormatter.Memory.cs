// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <content>Wide immediates, loads, stores and atomics.</content>
internal sealed partial class InstructionFormatter
{
    private string FormatLoad(Instruction first, Instruction second, int slot)
    {
        if (first.IsWide && first.Source != 0 && options.Syntax is DisassemblySyntax.Llvm)
            return $"ld_pseudo\tr{(int)first.Destination}, {Number((int)first.Source)}, {Number(first.Immediate)}{SymbolOf(slot)}";
        if (first.IsWide) return $"r{(int)first.Destination} = {WideOperand(first, second)}{WideAnnotation(first, slot)}";
        string index = (first.Mode, first.Immediate) switch
        {
            (MemoryMode.Absolute, _) => Number(first.Immediate),
            (_, 0) when !_isLog => $"r{(int)first.Source}",
            _ when options.Syntax is DisassemblySyntax.Llvm => $"r{(int)first.Source}",
            _ => $"r{(int)first.Source} + {Number(first.Immediate)}",
        };
        return $"r0 = *({Type(first)} *)skb[{index}]";
    }

    private string WideAnnotation(Instruction first, int slot)
    {
        string symbol = SymbolOf(slot);
        return symbol.Length == 0 && first.IsFunctionAddress ? LabelOf(slot + 1L + first.Immediate) : symbol;
    }

    private string WideOperand(Instruction first, Instruction second)
    {
        ulong value = first.WideValue(second);
        if (options.Syntax is DisassemblySyntax.Llvm) return $"{Number((long)value)} ll";
        string text = first.WideSource switch
        {
            WideSource.Value => $"0x{value:x}",
            WideSource.MapDescriptor => $"map[fd:{first.Immediate}]{Plus(second)}",
            WideSource.MapValue => $"map[fd:{first.Immediate}][0]+{second.Immediate}",
            WideSource.KernelVariable => $"btf[id:{first.Immediate}]{Plus(second)}",
            WideSource.Function => $"subprog[{(first.Immediate < 0 ? "" : "+")}{first.Immediate}]{Plus(second)}",
            WideSource.MapIndex => $"map[idx:{first.Immediate}]{Plus(second)}",
            _ => $"map[idx:{first.Immediate}][0]+{second.Immediate}",
        };
        return _isLog ? text : $"{text} ll";
    }

    private static string Plus(Instruction second) => second.Immediate == 0 ? "" : $"+{second.Immediate}";

    private string FormatLoadX(Instruction slot)
    {
        bool isSigned = slot.Mode is MemoryMode.SignExtended;
        string type = OperatorText.TypeOf(slot.Width, isSigned);
        return $"{Operand(slot.Destination, slot, !isSigned)} = *({type} *)({Address(slot.Source, slot.Offset)})";
    }

    private string FormatStoreX(Instruction slot) =>
        $"*({Type(slot)} *)({Address(slot.Destination, slot.Offset)}) = {Operand(slot.Source, slot)}";

    private string FormatAtomic(Instruction slot)
    {
        string pointer = $"({Type(slot)} *)({Address(slot.Destination, slot.Offset)})";
        var (word, assign) = OperatorText.OfAtomic(slot.AtomicOperation);
        string source = Name(slot.Source, slot.Width is not MemoryWidth.Double && !_isLog);
        switch (slot.AtomicOperation)
        {
            case AtomicOperation.LoadAcquire:
                string target = Name(slot.Destination, slot.Width is not MemoryWidth.Double && !_isLog);
                return $"{target} = load_acquire(({Type(slot)} *)({Address(slot.Source, slot.Offset)}))";
            case AtomicOperation.StoreRelease:
                return $"store_release({pointer}, {source})";
            case AtomicOperation.Exchange or AtomicOperation.CompareExchange:
                return FormatExchange(slot, pointer, source);
            case AtomicOperation.FetchAdd or AtomicOperation.FetchOr or AtomicOperation.FetchAnd or AtomicOperation.FetchXor:
                return $"{source} = {AtomicPrefix(slot)}fetch_{word}({pointer}, {source})";
            default:
                return $"lock *{pointer} {assign} {Operand(slot.Source, slot)}";
        }
    }

    private string FormatExchange(Instruction slot, string pointer, string source)
    {
        bool compares = slot.AtomicOperation is AtomicOperation.CompareExchange;
        string result = compares ? Name(Register.R0, slot.Width is not MemoryWidth.Double && !_isLog) : source;
        string values = compares ? $"{result}, {source}" : source;
        string word = compares ? "cmpxchg" : "xchg";
        if (_isLog) return $"{result} = {AtomicPrefix(slot)}{word}({pointer}, {values})";
        string suffix = slot.Width is MemoryWidth.Double ? "_64" : "32_32";
        return $"{result} = {word}{suffix}({Address(slot.Destination, slot.Offset)}, {values})";
    }

    private string AtomicPrefix(Instruction slot) => _isLog && slot.Width is MemoryWidth.Double ? "atomic64_" : "atomic_";

    private static string Type(Instruction slot) => OperatorText.TypeOf(slot.Width);

    private string Operand(Register register, Instruction slot, bool mayBeNarrow = true) =>
        Name(register, mayBeNarrow && options.NarrowRegisters && slot.Width is not MemoryWidth.Double);

    private string Address(Register register, short offset)
    {
        if (_isLog) return $"r{(int)register} {(offset < 0 ? "" : "+")}{offset}";
        return offset < 0 ? $"r{(int)register} - {Number(-offset)}" : $"r{(int)register} + {Number(offset)}";
    }
}
