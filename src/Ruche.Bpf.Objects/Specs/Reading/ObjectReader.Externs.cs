// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Elf;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Specs.Reading;

internal sealed partial class ObjectReader
{
    private const string KconfigSection = ".kconfig";
    private const string KsymsSection = ".ksyms";

    private readonly Dictionary<string, ExternSpec> _externNamed = new(StringComparer.Ordinal);
    private int _kconfigSize;

    private void ReadExterns()
    {
        List<ExternSpec> kconfig = [];
        foreach (var symbol in elf.Symbols)
        {
            if (!symbol.IsUndefined || symbol.IsLocal || symbol.Name.Length == 0 || _externNamed.ContainsKey(symbol.Name)) continue;
            if (!_declared.TryGetValue(symbol.Name, out int id)) continue;
            var found = ReadExtern(symbol, id, _sectionOf.GetValueOrDefault(id, ""));
            if (found.Kind is ExternKind.Kconfig) kconfig.Add(found);
            else AddExtern(found);
        }

        PlaceKconfig(kconfig);
    }

    private ExternSpec ReadExtern(ElfSymbol symbol, int id, string section)
    {
        bool isWeak = symbol.Binding is ElfSymbolBinding.Weak;
        if (_btf!.KindOf(id) is BtfKind.Function)
            return new(symbol.Name, section == KsymsSection ? ExternKind.KernelFunction : ExternKind.Function, id, isWeak);
        int type = _btf.TargetOf(id);
        if (section == KconfigSection)
            return new(symbol.Name, ExternKind.Kconfig, type, isWeak, Size: _btf.SizeOf(type));

        // A void extern is an address and nothing more.
        bool isTyped = _btf.SkipModifiers(type) != 0;
        return new(symbol.Name, section == KsymsSection ? ExternKind.KernelVariable : ExternKind.Variable, isTyped ? type : 0, isWeak);
    }

    private void AddExtern(ExternSpec found)
    {
        _externNamed.Add(found.Name, found);
        _externs.Add(found);
    }

    /// <summary>The extern of an undefined symbol; one that no type describes is expected from another object.</summary>
    private ExternSpec ExternNamed(ElfSymbol symbol, bool isCall)
    {
        if (_externNamed.TryGetValue(symbol.Name, out var found)) return found;
        found = new(symbol.Name, isCall ? ExternKind.Function : ExternKind.Variable, 0, symbol.Binding is ElfSymbolBinding.Weak);
        AddExtern(found);
        return found;
    }

    // Most aligned first leaves no holes; the order is the one that libbpf chose.
    private void PlaceKconfig(List<ExternSpec> kconfig)
    {
        long offset = 0;
        foreach (var (found, alignment) in kconfig
            .Select(e => (Extern: e, Alignment: Math.Max(1, _btf!.AlignmentOf(e.Type))))
            .OrderByDescending(e => e.Alignment).ThenBy(e => e.Extern.Size).ThenBy(e => e.Extern.Name, StringComparer.Ordinal))
        {
            offset = (offset + alignment - 1) / alignment * alignment;
            if (offset + found.Size > int.MaxValue)
                Fail(ObjectDiagnostics.BadExtern, $"the externs of '{KconfigSection}' are larger than {int.MaxValue} bytes", At(KconfigSection, 0));
            AddExtern(found with { Offset = (int)offset });
            offset += found.Size;
        }

        _kconfigSize = (int)offset;
        if (kconfig.Count == 0) return;
        _patch!.PlaceSections(
            section => section == KconfigSection ? _kconfigSize : null,
            (_, variable) => _externNamed.TryGetValue(_btf!.NameOf(variable.Type), out var placed) ? placed.Offset : null,
            _btf!);
        _btf = BtfSpec.Read(_patch.Image, name: $"{elf.Name}:.BTF");
    }

    private void AddKconfigMap()
    {
        if (_kconfigSize == 0) return;
        _maps.Add(new()
        {
            Name = KconfigSection,
            Type = MapType.Array,
            KeySize = sizeof(int),
            ValueSize = _kconfigSize,
            MaxEntries = 1,
            Flags = MapFlags.ReadOnlyProgram,
            ValueType = _btf!.TryFind(BtfKind.DataSection, KconfigSection, out int id) ? id : 0,
            DataSection = DataSectionKind.Kconfig,
            Section = KconfigSection,
        });
    }
}
