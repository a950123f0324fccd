// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Elf;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Objects.Specs.Writing;

internal sealed partial class ObjectWriter
{
    private readonly Dictionary<string, PlacedFunction> _functions = new(StringComparer.Ordinal);
    private readonly List<(string Name, int Number, int Symbol, List<PlacedFunction> Functions)> _code = [];

    // Loaders look for callees in .text; programs stay in their sections.
    private void PlaceFunctions()
    {
        var programs = spec.Programs.Select(p => (p.Section, Function: p.Entry));
        var entries = spec.Programs.Select(p => p.Entry.Name).ToHashSet(StringComparer.Ordinal);
        var callees = spec.Functions.Values.Where(f => !entries.Contains(f.Name)).OrderBy(f => f.Name, StringComparer.Ordinal)
            .Select(f => (Section: Text, Function: f));
        foreach (var group in callees.Concat(programs).GroupBy(f => f.Section))
        {
            byte[] contents = [.. group.SelectMany(f => Encode(f.Function))];
            int number = _elf.AddSection(
                group.Key, ElfSectionType.ProgramBits, ElfSectionFlags.Allocate | ElfSectionFlags.Execute, contents, Instruction.Size);
            List<PlacedFunction> placed = [];
            int start = 0;
            foreach (var (_, function) in group)
            {
                placed.Add(new(function, number, start, SymbolOf(function, number, start, entries.Contains(function.Name))));
                _functions[function.Name] = placed[^1];
                start += function.Instructions.Length;
            }

            _code.Add((group.Key, number, SectionSymbol(number), placed));
        }
    }

    // In place, a relocated instruction holds what the relocation adds to: nothing for a symbol of its own, a place for a section's.
    private byte[] Encode(FunctionSpec function)
    {
        Instruction[] code = [.. function.Instructions];
        foreach (var reference in function.References)
        {
            ref var instruction = ref code[reference.Slot];
            instruction = reference switch
            {
                Reference.Call or Reference.KernelCall => instruction.WithSource((Register)CallKind.Local).WithImmediate(-1),
                Reference.FunctionAddress => instruction.WithSource((Register)WideSource.Function).WithImmediate(0),
                Reference.MapValue x when spec.Map(x.Name)?.DataSection is not DataSectionKind.Kconfig =>
                    instruction.WithSource(0).WithImmediate(x.Offset),
                Reference.KernelVariable => instruction.WithSource(0),
                _ => instruction.WithSource(0).WithImmediate(0),
            };
        }

        PatchLocal(function, code);
        return InstructionCodec.Encode(code, spec.ByteOrder);
    }

    // Static functions have no symbol that every loader would take: they are named by their section and place.
    private void PatchLocal(FunctionSpec function, Instruction[] code)
    {
        var places = CalleePlaces;
        foreach (var reference in function.References)
        {
            if (reference is not (Reference.Call or Reference.FunctionAddress) || !places.TryGetValue(reference.Target, out int start)) continue;
            code[reference.Slot] = reference is Reference.Call
                ? code[reference.Slot].WithImmediate(start - 1)
                : code[reference.Slot].WithImmediate(start * Instruction.Size);
        }
    }

    private Dictionary<string, int> CalleePlaces => field ??= FindCalleePlaces();

    private Dictionary<string, int> FindCalleePlaces()
    {
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        var entries = spec.Programs.Select(p => p.Entry.Name).ToHashSet(StringComparer.Ordinal);
        int start = 0;
        foreach (var function in spec.Functions.Values.Where(f => !entries.Contains(f.Name)).OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            if (!function.IsGlobal && !function.IsHidden) places.Add(function.Name, start);
            start += function.Instructions.Length;
        }

        return places;
    }

    private int SymbolOf(FunctionSpec function, int section, int start, bool isProgram)
    {
        var binding = !function.IsGlobal && !function.IsHidden && !isProgram ? ElfSymbolBinding.Local
            : function.IsWeak ? ElfSymbolBinding.Weak
            : ElfSymbolBinding.Global;
        return _elf.AddSymbol(new(
            function.Name, (ulong)start * Instruction.Size, (ulong)function.Instructions.Length * Instruction.Size,
            ElfSymbolType.Function, binding, function.IsHidden ? ElfSymbolVisibility.Hidden : ElfSymbolVisibility.Default, section));
    }

    private void AddCode()
    {
        AddJumpTables();
        foreach (var function in _code.SelectMany(c => c.Functions))
        {
            foreach (var reference in function.Spec.References)
            {
                var type = reference is Reference.Call or Reference.KernelCall ? BpfRelocationType.Call32 : BpfRelocationType.Wide64;
                ulong offset = (ulong)(function.Start + reference.Slot) * Instruction.Size;
                if (SymbolOf(reference) is { } symbol) _elf.AddRelocation(function.Section, offset, type, symbol);
            }
        }
    }

    private void AddJumpTables()
    {
        var tables = _code.SelectMany(c => c.Functions).SelectMany(f => f.Spec.References.OfType<Reference.JumpTable>().Select(t => (Table: t, f.Start))).ToArray();
        if (tables.Length == 0) return;
        byte[] contents = [.. tables.SelectMany(t => t.Table.Targets.SelectMany(target => Bytes((ulong)(t.Start + target) * Instruction.Size)))];
        int section = _elf.AddSection(".jumptables", ElfSectionType.ProgramBits, ElfSectionFlags.None, contents, 1);
        ulong start = 0;
        foreach (var (table, _) in tables)
        {
            ulong size = (ulong)table.Targets.Length * sizeof(ulong);
            _tableSymbols[table] = _elf.AddSymbol(new(table.Name, start, size, ElfSymbolType.Object, ElfSymbolBinding.Local, ElfSymbolVisibility.Default, section));
            start += size;
        }
    }

    private int? SymbolOf(Reference reference) => reference switch
    {
        Reference.Map x => _mapSymbols[x.Name],
        Reference.MapValue x when _data.TryGetValue(x.Name, out var data) => data.Symbol,
        Reference.MapValue x when x.Name == Kconfig =>
            _externs[spec.Externs.First(e => e.Kind is ExternKind.Kconfig && e.Offset == x.Offset).Name],
        Reference.MapValue x => _mapSymbols[x.Name],
        Reference.Call or Reference.FunctionAddress when CalleePlaces.ContainsKey(reference.Target) =>
            _code.First(c => c.Name == Text).Symbol,
        Reference.Call or Reference.FunctionAddress when _functions.TryGetValue(reference.Target, out var function) => function.Symbol,
        Reference.JumpTable x => _tableSymbols[x],
        _ => _externs.TryGetValue(reference.Target, out int symbol) ? symbol : null,
    };

    private BtfExt Records()
    {
        Dictionary<string, ImmutableArray<FuncInfo>> functions = [];
        Dictionary<string, ImmutableArray<LineInfo>> lines = [];
        Dictionary<string, ImmutableArray<CoreRelocation>> core = [];
        foreach (var (name, _, _, placed) in _code)
        {
            Put(functions, name, placed.Where(f => f.Spec.Type != 0).Select(f => new FuncInfo(f.Start, f.Spec.Type)));
            Put(lines, name, placed.SelectMany(f => f.Spec.Lines.Select(l => l with { Slot = l.Slot + f.Start })));
            Put(core, name, placed.SelectMany(f => f.Spec.CoreRelocations.Select(r => r with { Slot = r.Slot + f.Start })));
        }

        return new()
        {
            AllFunctions = functions,
            AllLines = lines,
            AllCoreRelocations = core,
        };
    }

    private static void Put<TRecord>(Dictionary<string, ImmutableArray<TRecord>> sections, string section, IEnumerable<TRecord> records)
    {
        ImmutableArray<TRecord> all = [.. records];
        if (all.Length > 0) sections[section] = all;
    }

    private sealed record PlacedFunction(FunctionSpec Spec, int Section, int Start, int Symbol);
}
