// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Compiler.Ir.Text;

/// <summary>Writes modules and functions as text that <see cref="IrParser"/> reads back.</summary>
public static class IrPrinter
{
    /// <summary>A module: its maps, then its functions.</summary>
    public static string Print(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        StringBuilder text = new();
        foreach (var map in module.Maps) text.Append(map.DataSection is DataSectionKind.None ? Print(map) : PrintSection(map, module)).Append('\n');
        if (module.AnswerSink is { } sink) text.Append($"answers @{sink}\n");
        foreach (var function in module.Functions)
        {
            if (text.Length > 0) text.Append('\n');
            text.Append(Print(function));
        }

        return text.ToString();
    }

    /// <summary>One function, its blocks in the order they have.</summary>
    public static string Print(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        ValueNames names = new(function);
        StringBuilder text = new();
        text.Append($"function @{function.Name}({Parameters(function.Entry, names)}) -> {function.Returns}");
        if (function.Section is { } section) text.Append($" section \"{section}\"");
        if (function.IsGlobal) text.Append(" global");
        if (function.IsObserver) text.Append(" observer");
        text.Append(" {\n");
        foreach (var block in function.Blocks)
        {
            text.Append(block.Name);
            if (block != function.Entry && block.Parameters.Count > 0) text.Append($"({Parameters(block, names)})");
            text.Append(":\n");
            foreach (var operation in block.Operations)
            {
                text.Append("  ");
                if (operation.Type is not IrType.Void) text.Append(names.Of(operation)).Append(" = ");
                text.Append(Print(operation, names)).Append('\n');
            }
        }

        return text.Append("}\n").ToString();
    }

    private static string Print(MapSpec map) =>
        $"map @{map.Name} {map.Type.ToString().ToLowerInvariant()} key {map.KeySize} value {map.ValueSize} entries {map.MaxEntries}"
        + (map.Flags == 0 ? "" : $" flags {(uint)map.Flags}");

    private static string PrintSection(MapSpec map, Module module)
    {
        string kind = Words.Of(new SectionWord(map.DataSection, module.FixedSections.Contains(map.Name)));
        return $"section @{map.Name} {kind} {map.ValueSize} {System.Convert.ToHexStringLower(map.Contents.AsSpan())}".TrimEnd();
    }

    private static string Parameters(Block block, ValueNames names) => string.Join(", ", block.Parameters.Select(p => $"{names.Of(p)}: {p.Type}"));

    private static string Print(Operation operation, ValueNames names) => operation switch
    {
        Binary x => $"{Words.Of(Words.Binaries, (int)x.Operator)} {names.Typed(x.Left)}, {names.Operand(x.Right, x.Left.Type is IrType.Pointer ? IrType.I64 : x.Left.Type)}",
        Compare x => $"{Words.Of(Words.Comparisons, (int)x.Relation)} {names.Typed(x.Left)}, {names.Operand(x.Right, x.Left.Type)}",
        Convert x => $"{Words.Of(Words.Conversions, (int)x.Conversion)} {names.Typed(x.Operand)} to {x.Type}",
        SwapBytes x => $"swap {names.Typed(x.Operand)}",
        Select x => $"select {names.Of(x.Condition)}, {names.Typed(x.Then)}, {names.Typed(x.Otherwise)}",
        StackSlot x => $"stack {x.Size} align {x.Alignment}",
        Load x => $"load {x.Type} {Place(x.Address, x.Offset, names)}",
        Store x => $"store {Place(x.Address, x.Offset, names)}, {names.Typed(x.Value)}",
        Atomic { Operator: AtomicOperation.CompareExchange } x =>
            $"atomic compare_exchange {Place(x.Address, x.Offset, names)}, {names.Typed(x.Expected!)}, {names.Typed(x.Value)}",
        Atomic x => $"atomic {Words.Of(Words.Atomics, (int)x.Operator)} {Place(x.Address, x.Offset, names)}, {names.Typed(x.Value)}",
        MapReference x => $"map @{x.Map}",
        MapCapacity x => $"capacity {names.Typed(x.Map)}",
        GlobalAddress x => $"global @{x.Map} + {x.Offset}",
        FunctionAddress x => $"function @{x.Function}",
        HelperCall x => $"call {HelperNames.NameOf(x.Helper)}({Arguments(x, names)}) -> {x.Type}",
        KernelCall x => $"kernel {x.Function}({Arguments(x, names)}) -> {x.Type}",
        LocalCall x => $"local @{x.Function}({Arguments(x, names)}) -> {x.Type}",
        FieldAddress x => $"field {names.Of(x.Address)}, {x.Field}",
        KernelQuestion x => $"ask {Words.Of(Words.Questions, (int)x.Kind)} {x.Subject}",
        MayContinue => "may_continue",
        Jump x => $"jump {Print(x.To, names)}",
        Branch x => $"branch {names.Typed(x.Condition)}, {Print(x.Then, names)}, {Print(x.Otherwise, names)}",
        Return x => $"return {names.Typed(x.Value)}",
        _ => throw new UnreachableException($"no case for {operation.GetType().Name}"),
    };

    private static string Place(Value address, int offset, ValueNames names) => offset switch
    {
        0 => names.Of(address),
        < 0 => $"{names.Of(address)} - {-offset}",
        _ => $"{names.Of(address)} + {offset}",
    };

    private static string Arguments(Operation call, ValueNames names) => string.Join(", ", call.Operands.Select(names.Typed));

    private static string Print(Edge edge, ValueNames names) =>
        edge.Arguments.Count == 0 ? edge.Target.Name : $"{edge.Target.Name}({string.Join(", ", edge.Arguments.Select(names.Typed))})";
}
