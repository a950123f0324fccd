// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Objects.Specs.Reading;

internal sealed partial class ObjectReader
{
    private Dictionary<string, FunctionSpec> ReadFunctions()
    {
        Dictionary<string, FunctionSpec> functions = new(StringComparer.Ordinal);
        foreach (var section in _code.Values)
        {
            string key = section.Section.Name;
            var references = ReadReferences(section);
            SlotRecords<Reference> waiting = new(references, r => r.Slot);
            SlotRecords<CoreRelocation> core = new(_ext.CoreRelocations(key), r => r.Slot);
            SlotRecords<LineInfo> lines = new(_ext.Lines(key), r => r.Slot);
            SlotRecords<FuncInfo> types = new(_ext.Functions(key), r => r.Slot);
            foreach (var range in section.Functions)
            {
                functions.Add(range.Name, new()
                {
                    Name = range.Name,
                    Section = key,
                    Instructions = [.. section.Code.AsSpan(range.Start, range.Count)],
                    References = waiting.Within(range, static (r, slot) => r.MovedTo(slot)),
                    CoreRelocations = core.Within(range, static (r, slot) => r with { Slot = slot }),
                    Lines = lines.Within(range, static (r, slot) => r with { Slot = slot }, unique: true),
                    Type = types.Within(range, static (r, slot) => r with { Slot = slot }) is [{ Slot: 0 } first, ..] ? first.Type : 0,
                    IsHidden = range is { IsLocal: false, IsHidden: true },
                    IsWeak = range.IsWeak,
                    IsGlobal = range is { IsLocal: false, IsHidden: false },
                });
            }
        }

        return functions;
    }

    private List<Reference> ReadReferences(CodeSection section)
    {
        List<Reference> references = [];
        HashSet<int> relocated = [];
        foreach (var relocation in section.Relocations)
        {
            int slot = (int)(relocation.Offset / Instruction.Size);
            if (relocation.Type == 0 || SymbolOf(relocation, section.Section.Name) is not { } symbol) continue;
            if (relocation.Offset % Instruction.Size != 0 || !relocated.Add(slot))
            {
                diagnostics.Error(ObjectDiagnostics.BadReference,
                    "relocation is not of one instruction", At(section.Section.Name, (long)relocation.Offset));
                continue;
            }

            if (Resolve(section, slot, symbol, relocation.Addend) is { } reference) references.Add(reference);
        }

        AddLocalCalls(section, relocated, references);
        return references;
    }

    // The compiler resolves calls within a section itself.
    private void AddLocalCalls(CodeSection section, HashSet<int> relocated, List<Reference> references)
    {
        for (int slot = 0; slot < section.Code.Length; slot++)
        {
            var instruction = section.Code[slot];
            if ((instruction.IsLocalCall || instruction.IsFunctionAddress) && !relocated.Contains(slot))
            {
                long target = (long)slot + instruction.Immediate + 1;
                if (!section.TryGetFunction(target, out var function)) ReportBadCall(section, slot, target);
                else if (instruction.IsLocalCall) references.Add(new Reference.Call(slot, function.Name));
                else references.Add(new Reference.FunctionAddress(slot, function.Name));
            }

            if (instruction.IsWide) slot++;
        }
    }

    private void ReportBadCall(CodeSection section, int slot, long target) =>
        diagnostics.Error(ObjectDiagnostics.BadCall,
            $"call leads to slot {target}, but section '{section.Section.Name}' has {section.Code.Length}",
            At(section.Section.Name, (long)slot * Instruction.Size));
}
