// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Specs.Reading;

/// <summary>
/// Reads one map definition of <c>.maps</c>: a struct whose members hold numbers as array lengths and types as pointer targets.
/// </summary>
internal sealed class BtfMapReader(BtfSpec btf, string map, Location where, DiagnosticBag diagnostics)
{
    private MapSpec _spec = new() { Name = map, Type = MapType.Unspec, Section = ".maps" };

    /// <summary>Where the static initial values start in the variable, or -1.</summary>
    public int SlotsOffset { get; private set; } = -1;

    public MapSpec Read(BtfType.Composite definition, bool isInner = false)
    {
        foreach (var member in definition.Members) Read(member, isInner);
        if (_spec.Type is MapType.Unspec) Error("has no type", "add __uint(type, BPF_MAP_TYPE_…)");
        if (SlotsOffset >= 0 && _spec.Inner is null && _spec.Type is not MapType.ProgArray)
            Error($"of type {_spec.Type} has values", "only maps of maps and program arrays are initialised statically");
        return _spec;
    }

    private void Read(BtfMember member, bool isInner)
    {
        switch (member.Name)
        {
            case "type": _spec = _spec with { Type = (MapType)Number(member) }; break;
            case "max_entries": _spec = _spec with { MaxEntries = (uint)Number(member) }; break;
            case "map_flags": _spec = _spec with { Flags = (MapFlags)Number(member) }; break;
            case "numa_node": _spec = _spec with { NumaNode = (int)Number(member) }; break;
            case "map_extra": _spec = _spec with { Extra = Number(member) }; break;
            case "key_size": _spec = _spec with { KeySize = SameSize(_spec.KeySize, (long)Number(member), "key") }; break;
            case "value_size": _spec = _spec with { ValueSize = SameSize(_spec.ValueSize, (long)Number(member), "value") }; break;
            case "key" when Target(member) is { } key: ReadKey(key); break;
            case "value" when Target(member) is { } value: ReadValue(value); break;
            case "values" when !isInner: ReadValues(member); break;
            case "pinning" when !isInner: ReadPinning(Number(member)); break;
            case "values" or "pinning": Error($"has '{member.Name}' in its inner map", "only the outer map can have it"); break;
            default:
                diagnostics.Warning(ObjectDiagnostics.UnknownMapField, $"field '{member.Name}' of map '{map}' is not known", where);
                break;
        }
    }

    private void ReadKey(int type)
    {
        if (!btf.TrySizeOf(type, out int size)) Error($"has keys of {btf.TypeNameOf(type)}, which has no size");
        _spec = _spec with { KeyType = type, KeySize = SameSize(_spec.KeySize, size, "key") };
    }

    private void ReadValue(int type)
    {
        if (!btf.TrySizeOf(type, out int size)) Error($"has values of {btf.TypeNameOf(type)}, which has no size");
        _spec = _spec with { ValueType = type, ValueSize = SameSize(_spec.ValueSize, size, "value") };
    }

    private void ReadPinning(ulong pinning)
    {
        if (pinning > (ulong)MapPinning.ByName) Error($"has the pinning {pinning}, expected 0 or 1");
        _spec = _spec with { Pinning = pinning == 0 ? MapPinning.None : MapPinning.ByName };
    }

    private void ReadValues(BtfMember member)
    {
        if (btf[btf.Resolve(member.Type)] is not BtfType.Array array || btf[btf.Resolve(array.Element)] is not BtfType.Pointer pointer)
        {
            Error($"has values of {btf.TypeNameOf(member.Type)}, expected an array of pointers", "use __array(values, …)");
            return;
        }

        SlotsOffset = member.BitOffset / 8;
        _spec = _spec with { ValueSize = sizeof(uint), KeySize = _spec.KeySize == 0 ? sizeof(uint) : _spec.KeySize };
        switch (btf[btf.Resolve(pointer.Target)])
        {
            case BtfType.FunctionPrototype:
                break;
            case BtfType.Composite { IsUnion: false } inner:
                _spec = _spec with { Inner = new BtfMapReader(btf, $"{map}.inner", where, diagnostics).Read(inner, isInner: true) };
                break;
            default:
                Error($"has values of {btf.TypeNameOf(pointer.Target)}, expected a map definition or a function");
                break;
        }
    }

    /// <summary>A number: the length of the array that the member points to, or an enumerator's value.</summary>
    private ulong Number(BtfMember member)
    {
        switch (btf[btf.Resolve(member.Type)])
        {
            case BtfType.Pointer pointer when btf[btf.Resolve(pointer.Target)] is BtfType.Array array:
                return (uint)array.Count;
            case BtfType.Enum { Values.Length: > 0 } values:
                return values.Values[0].Value;
            default:
                Error($"has the {member.Name} {btf.TypeNameOf(member.Type)}", $"use __uint({member.Name}, …)");
                return 0;
        }
    }

    private int? Target(BtfMember member)
    {
        if (btf[btf.Resolve(member.Type)] is BtfType.Pointer pointer) return pointer.Target;
        Error($"has the {member.Name} {btf.TypeNameOf(member.Type)}", $"use __type({member.Name}, …)");
        return null;
    }

    private int SameSize(int known, long size, string what)
    {
        if (size is < 0 or > int.MaxValue) Error($"has {what}s of {size} bytes");
        else if (known != 0 && known != size) Error($"has {what}s of {known} and of {size} bytes");
        return (int)size;
    }

    private void Error(string message, params ReadOnlySpan<string> notes) =>
        diagnostics.Error(ObjectDiagnostics.BadMap, $"map '{map}' {message}", where, notes);
}
