// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Elf;

namespace Ruche.Bpf.Objects.Specs.Reading;

internal sealed partial class ObjectReader
{
    private static readonly string[] TypedSections = [".maps", ".kconfig", ".ksyms"];

    /// <summary>Ids of declarations by name: functions, variables.</summary>
    private readonly Dictionary<string, int> _declared = new(StringComparer.Ordinal);

    /// <summary>Names of data sections by the ids of the variables and functions in them.</summary>
    private readonly Dictionary<int, string> _sectionOf = [];

    private BtfPatch? _patch;

    private void ReadTypes()
    {
        if (elf.Section(".BTF") is not { Size: > 0 } section) return;
        DiagnosticBag found = new();
        if (!TryReadTypes(section, found))
        {
            bool isNeeded = elf.Sections.Any(s => TypedSections.Contains(s.Name) || IsStructOps(s.Name));
            foreach (var item in found.Items)
            {
                diagnostics.Report(isNeeded ? item : item with { Severity = Severity.Warning });
            }

            _btf = null;
            _declared.Clear();
            _sectionOf.Clear();
            _ext = BtfExt.Empty;
            diagnostics.ThrowIfErrors();
        }
    }

    private bool TryReadTypes(ElfSection section, DiagnosticBag found)
    {
        try
        {
            _btf = BtfSpec.Read(elf.Contents(section), name: $"{elf.Name}:.BTF");
            IndexDeclarations(_btf);
            _patch = BtfPatch.Of(_btf);
            _patch.PlaceSections(SizeOfSection, OffsetOfVariable, _btf);
            _patch.SetLinkage(HiddenFunctions(), BtfLinkage.Static, _btf);
            _btf = BtfSpec.Read(_patch.Image, name: $"{elf.Name}:.BTF");
            if (elf.Section(".BTF.ext") is { Size: > 0 } ext) _ext = BtfExt.Read(elf.Contents(ext), _btf, $"{elf.Name}:.BTF.ext");
            return true;
        }
        catch (InvalidObjectException e)
        {
            foreach (var diagnostic in e.Diagnostics) found.Report(diagnostic);
            return false;
        }
    }

    private void IndexDeclarations(BtfSpec btf)
    {
        for (int id = 1; id < btf.Count; id++)
        {
            switch (btf.KindOf(id))
            {
                case BtfKind.Function or BtfKind.Variable:
                    _declared.TryAdd(btf.NameOf(id), id);
                    break;
                case BtfKind.DataSection:
                    foreach (var variable in ((BtfType.DataSection)btf[id]).Variables) _sectionOf[variable.Type] = btf.NameOf(id);
                    break;
            }
        }
    }

    private HashSet<string> HiddenFunctions()
    {
        HashSet<string> hidden = new(StringComparer.Ordinal);
        foreach (var symbol in elf.Symbols)
        {
            if (symbol.Type is ElfSymbolType.Function && IsHidden(symbol)) hidden.Add(symbol.Name);
        }

        return hidden;
    }

    private static bool IsHidden(ElfSymbol symbol) =>
        symbol.Visibility is ElfSymbolVisibility.Hidden or ElfSymbolVisibility.Internal;

    private int? SizeOfSection(string section) => elf.Section(section) is { Size: <= int.MaxValue } found ? (int)found.Size : null;

    // Static variables have their offsets already: only names of global ones are unique.
    private int? OffsetOfVariable(string section, BtfSectionVariable variable)
    {
        if (_btf![variable.Type] is not BtfType.Variable { Linkage: BtfLinkage.Global } global) return null;
        return VariableSymbols.TryGetValue((section, global.Name), out int offset) ? offset : null;
    }

    private Dictionary<(string Section, string Name), int> VariableSymbols => field ??= IndexVariables();

    private Dictionary<(string Section, string Name), int> IndexVariables()
    {
        Dictionary<(string, string), int> offsets = [];
        foreach (var symbol in elf.Symbols)
        {
            if (symbol.Section > 0 && !symbol.IsLocal && symbol.Type is ElfSymbolType.Object or ElfSymbolType.None && symbol.Value <= int.MaxValue)
                offsets.TryAdd((elf.Sections[Math.Max(symbol.Section, 0)].Name, symbol.Name), (int)symbol.Value);
        }

        return offsets;
    }
}
