// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Elf;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Objects.Specs.Reading;

internal sealed partial class ObjectReader
{
    private readonly Dictionary<int, CodeSection> _code = [];
    private readonly HashSet<string> _functionNames = new(StringComparer.Ordinal);

    private void ReadCode()
    {
        foreach (var section in elf.Sections)
        {
            if (!section.IsCode || section.Size == 0) continue;
            var code = InstructionCodec.Decode(elf.Contents(section).Span, elf.ByteOrder, At(section.Name, 0));
            _code.Add(section.Index, new(section, code, elf.RelocationsOf(section)));
        }

        AddSymbolStarts();
        foreach (var section in _code.Values) AddCallTargets(section);
        foreach (var section in _code.Values)
        {
            if (!section.IsStart(0)) section.Add(0, new(NameOfSection(section.Section.Name), IsLocal: false, IsHidden: false));
            section.Cut(Unique);
        }
    }

    private void AddSymbolStarts()
    {
        HashSet<int> withFunctions = [];
        foreach (var symbol in elf.Symbols)
        {
            if (symbol.Type is not ElfSymbolType.Function || !TryGetStart(symbol, out var section, out int slot)) continue;
            section.Add(slot, new(symbol.Name, symbol.IsLocal, IsHidden(symbol), symbol.Binding is ElfSymbolBinding.Weak));
            withFunctions.Add(symbol.Section);
        }

        // Early compilers and hand-written assembly do not type their symbols; local ones are mere labels.
        foreach (var symbol in elf.Symbols)
        {
            if (symbol.Type is not ElfSymbolType.None || withFunctions.Contains(symbol.Section)) continue;
            if (symbol.IsLocal || !TryGetStart(symbol, out var section, out int slot)) continue;
            section.Add(slot, new(symbol.Name, IsLocal: false, IsHidden(symbol)));
        }
    }

    private bool TryGetStart(ElfSymbol symbol, out CodeSection section, out int slot)
    {
        slot = 0;
        if (!_code.TryGetValue(symbol.Section, out section!) || symbol.Name.Length == 0) return false;
        if (symbol.Value % Instruction.Size != 0 || symbol.Value >= section.Section.Size) return false;
        slot = (int)(symbol.Value / Instruction.Size);
        return true;
    }

    // A place that is called is a function, whatever the symbols say.
    private void AddCallTargets(CodeSection section)
    {
        HashSet<int> relocated = [];
        foreach (var relocation in section.Relocations)
        {
            int slot = (int)(relocation.Offset / Instruction.Size);
            relocated.Add(slot);
            if (relocation.Symbol >= elf.Symbols.Length || !_code.TryGetValue(elf.Symbols[relocation.Symbol].Section, out var target)) continue;
            AddTarget(target, TargetSlot(section.Code[slot], elf.Symbols[relocation.Symbol].Value, relocation.Addend));
        }

        for (int slot = 0; slot < section.Code.Length; slot++)
        {
            var instruction = section.Code[slot];
            if ((instruction.IsLocalCall || instruction.IsFunctionAddress) && !relocated.Contains(slot))
                AddTarget(section, (long)slot + instruction.Immediate + 1);
            if (instruction.IsWide) slot++;
        }
    }

    private static void AddTarget(CodeSection section, long slot)
    {
        if (slot < 0 || slot >= section.Code.Length || section.IsStart((int)slot)) return;
        section.Add((int)slot, new($"{NameOfSection(section.Section.Name)}_{slot}", IsLocal: true, IsHidden: false));
    }

    // A call counts slots from the next one, and its symbol is where slot -1 + 1 is; an address counts bytes.
    private static long TargetSlot(Instruction instruction, ulong symbol, long? addend)
    {
        long place = (long)Math.Min(symbol, uint.MaxValue);
        if (instruction.IsCall) return place / Instruction.Size + (addend is { } a ? a / Instruction.Size : instruction.Immediate) + 1;
        long bytes = place + (addend ?? instruction.Immediate);
        return bytes % Instruction.Size == 0 ? bytes / Instruction.Size : -1;
    }

    private string Unique(string name)
    {
        string unique = name;
        for (int i = 1; !_functionNames.Add(unique); i++) unique = $"{name}.{i}";
        return unique;
    }

    private static string NameOfSection(string section) =>
        string.Create(section.Length, section, static (name, text) =>
        {
            for (int i = 0; i < text.Length; i++) name[i] = char.IsAsciiLetterOrDigit(text[i]) ? text[i] : '_';
        });
}
