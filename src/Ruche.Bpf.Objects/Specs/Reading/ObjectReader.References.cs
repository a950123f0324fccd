// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Elf;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Objects.Specs.Reading;

internal sealed partial class ObjectReader
{
    private const string JumpTables = ".jumptables";

    private Reference? Resolve(CodeSection section, int slot, ElfSymbol symbol, long? addend)
    {
        var instruction = section.Code[slot];
        if (instruction.IsCall) return ResolveCall(section, slot, symbol, addend);
        if (!instruction.IsWide || slot + 1 == section.Code.Length)
            return Refuse(section, slot, $"relocation of opcode 0x{instruction.Opcode:x2}, which is neither a call nor a wide load");
        if (symbol.IsUndefined) return ResolveExtern(section, slot, symbol);
        if (_code.TryGetValue(symbol.Section, out var target))
        {
            long place = TargetSlot(instruction, symbol.Value, addend);
            if (target.TryGetFunction(place, out var function)) return new Reference.FunctionAddress(slot, function.Name);
            ReportBadCall(target, slot, place);
            return null;
        }

        return ResolveData(section, slot, symbol, addend ?? instruction.Immediate);
    }

    private Reference? ResolveCall(CodeSection section, int slot, ElfSymbol symbol, long? addend)
    {
        if (symbol.IsUndefined)
        {
            if (symbol.Name.Length == 0) return Refuse(section, slot, "call of a symbol without a name");
            return ExternNamed(symbol, isCall: true).Kind is ExternKind.KernelFunction
                ? new Reference.KernelCall(slot, symbol.Name)
                : new Reference.Call(slot, symbol.Name);
        }

        if (!_code.TryGetValue(symbol.Section, out var target))
            return Refuse(section, slot, $"call of '{NameOf(symbol)}', which is no function");
        long place = TargetSlot(section.Code[slot], symbol.Value, addend);
        if (target.TryGetFunction(place, out var function)) return new Reference.Call(slot, function.Name);
        ReportBadCall(target, slot, place);
        return null;
    }

    private Reference? ResolveExtern(CodeSection section, int slot, ElfSymbol symbol)
    {
        if (symbol.Name.Length == 0) return Refuse(section, slot, "load of a symbol without a name");
        var found = ExternNamed(symbol, isCall: false);
        return found.Kind is ExternKind.Kconfig
            ? new Reference.MapValue(slot, KconfigSection, found.Offset)
            : new Reference.KernelVariable(slot, symbol.Name);
    }

    private Reference? ResolveData(CodeSection section, int slot, ElfSymbol symbol, long addend)
    {
        if (symbol.Section is ElfSymbol.Absolute or ElfSymbol.Common)
            return Refuse(section, slot, $"load of '{symbol.Name}', which is in no section", "compile with -fno-common");
        long offset = (long)Math.Min(symbol.Value, uint.MaxValue) + addend;
        if (offset is < 0 or > int.MaxValue) return Refuse(section, slot, $"load of '{NameOf(symbol)}' at {offset}, outside its section");
        if (_mapAt.TryGetValue((symbol.Section, (int)offset), out string? map)) return new Reference.Map(slot, map);
        if (_dataAt.TryGetValue(symbol.Section, out string? data)) return new Reference.MapValue(slot, data, (int)offset);
        if (elf.Sections[symbol.Section] is { Name: JumpTables } tables) return ResolveJumpTable(section, slot, symbol, tables, offset);
        return Refuse(section, slot, _mapSections.Contains(symbol.Section)
            ? $"load of '{NameOf(symbol)}' at {offset}, where no map starts"
            : $"load of '{NameOf(symbol)}', which no loader puts into a map");
    }

    // A table has a symbol of its own, which says how long it is; its entries are places in the section of the code that loads it.
    private Reference? ResolveJumpTable(CodeSection section, int slot, ElfSymbol symbol, ElfSection tables, long offset)
    {
        var contents = elf.Contents(tables).Span;
        bool isWhole = symbol.Size > 0 && symbol.Size % sizeof(ulong) == 0 && (ulong)offset + symbol.Size <= (ulong)contents.Length;
        if (!isWhole) return Refuse(section, slot, $"jump table '{NameOf(symbol)}' at {offset}, which is not within its section");
        var targets = new int[symbol.Size / sizeof(ulong)];
        for (int i = 0; i < targets.Length; i++)
        {
            ulong place = U64(contents[((int)offset + (i * sizeof(ulong)))..]);
            if (place % Instruction.Size != 0 || place / Instruction.Size >= (ulong)section.Code.Length)
                return Refuse(section, slot, $"jump table '{NameOf(symbol)}' leads to byte {place}, where no instruction of section '{section.Section.Name}' starts");
            targets[i] = (int)(place / Instruction.Size);
        }

        return new Reference.JumpTable(slot, symbol.Name, [.. targets]);
    }

    private string NameOf(ElfSymbol symbol) =>
        symbol.Name.Length > 0 || symbol.Section <= 0 ? symbol.Name : elf.Sections[symbol.Section].Name;

    private Reference? Refuse(CodeSection section, int slot, string message, params ReadOnlySpan<string> notes)
    {
        diagnostics.Error(ObjectDiagnostics.BadReference, message, At(section.Section.Name, (long)slot * Instruction.Size), notes);
        return null;
    }
}
