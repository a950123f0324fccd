// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Linking;

public sealed partial class ObjectLinker
{
    private const string Kconfig = ".kconfig";

    /// <summary>Where each object's part of a data section starts.</summary>
    private readonly Dictionary<(int Object, string Map), int> _shifts = [];

    /// <summary>How large each data section has become.</summary>
    private readonly Dictionary<string, int> _sizes = new(StringComparer.Ordinal);

    private readonly Dictionary<string, GlobalSpec> _globals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _globalProviders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ExternSpec> _externs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _mapNames = new(StringComparer.Ordinal);
    private readonly List<MapSpec> _maps = [];

    private static bool IsData(MapSpec map) => map.DataSection is not (DataSectionKind.None or DataSectionKind.Kconfig);

    private void PlaceData()
    {
        for (int i = 0; i < _objects.Length; i++)
        {
            foreach (var map in _objects[i].Maps)
            {
                if (!IsData(map))
                {
                    if (map.DataSection is DataSectionKind.None) _mapNames.Add(map.Name);
                    continue;
                }

                int alignment = Math.Max(map.Alignment, 1);
                long start = (_sizes.GetValueOrDefault(map.Name) + alignment - 1L) / alignment * alignment;
                if (start + map.ValueSize > int.MaxValue)
                {
                    Error(LinkDiagnostics.TooLarge, $"section '{map.Name}' has more than {int.MaxValue} bytes");
                    continue;
                }

                _shifts[(i, map.Name)] = (int)start;
                _sizes[map.Name] = (int)start + map.ValueSize;
            }
        }
    }

    private int? ShiftOf(int index, string map) => _shifts.TryGetValue((index, map), out int shift) ? shift : null;

    private void PlaceGlobals()
    {
        for (int i = 0; i < _objects.Length; i++)
        {
            foreach (var global in _objects[i].Globals.Values.OrderBy(g => g.Name, StringComparer.Ordinal))
            {
                if (ShiftOf(i, global.Map) is not { } shift) continue;
                var moved = global with { Offset = global.Offset + shift, Type = TypeOf(i, global.Type) };
                if (global.IsStatic) _globals.TryAdd(global.Name, moved);
                else Provide(i, moved);
            }
        }
    }

    private void Provide(int index, GlobalSpec global)
    {
        if (_globalProviders.TryGetValue(global.Name, out int present))
        {
            bool wasWeak = _globals[global.Name].IsWeak;
            if (!wasWeak && !global.IsWeak) Duplicate("variable", global.Name, _objects[present], _objects[index]);
            if (!wasWeak || global.IsWeak) return;
        }

        _globalProviders[global.Name] = index;
        _globals[global.Name] = global;
    }

    private void MergeExterns()
    {
        for (int i = 0; i < _objects.Length; i++)
        {
            foreach (var found in _objects[i].Externs)
            {
                if (IsProvided(found)) continue;
                var moved = found with { Type = TypeOf(i, found.Type) };
                if (!_externs.TryGetValue(found.Name, out var present)) _externs.Add(found.Name, moved);
                else if (present.IsWeak && !found.IsWeak) _externs[found.Name] = moved with { Offset = present.Offset };
            }
        }

        PlaceKconfig();
    }

    private bool IsProvided(ExternSpec found) => found.Kind switch
    {
        ExternKind.Function => _providers.ContainsKey(found.Name),
        ExternKind.Variable => _mapNames.Contains(found.Name) || _globalProviders.ContainsKey(found.Name),
        _ => false,
    };

    private void PlaceKconfig()
    {
        int end = 0;
        foreach (var found in _externs.Values.Where(e => e.Kind is ExternKind.Kconfig).OrderByDescending(e => e.Size)
            .ThenBy(e => e.Name, StringComparer.Ordinal).ToList())
        {
            int offset = (end + 7) / 8 * 8;
            _externs[found.Name] = found with { Offset = offset };
            _globals[found.Name] = new(found.Name, Kconfig, offset, found.Size, found.Type);
            end = offset + found.Size;
        }

        if (end > 0) _sizes[Kconfig] = end;
    }

    private Reference.MapValue MoveValue(int index, Reference.MapValue value)
    {
        if (value.Name == Kconfig)
        {
            var found = _objects[index].Externs.First(e => e.Kind is ExternKind.Kconfig && value.Offset >= e.Offset && value.Offset < e.Offset + e.Size);
            return value with { Offset = _externs[found.Name].Offset + value.Offset - found.Offset };
        }

        // A weak variable that gave way: what referred to it refers to the winner.
        foreach (var global in _objects[index].Globals.Values)
        {
            if (!global.IsWeak || global.Map != value.Name || value.Offset < global.Offset || value.Offset >= global.Offset + global.Size) continue;
            if (_globalProviders[global.Name] == index) break;
            return new(value.Slot, _globals[global.Name].Map, _globals[global.Name].Offset + value.Offset - global.Offset);
        }

        return value with { Offset = value.Offset + (ShiftOf(index, value.Name) ?? 0) };
    }

    private void MergeMaps()
    {
        Dictionary<string, (MapSpec Map, int Object)> ordinary = new(StringComparer.Ordinal);
        for (int i = 0; i < _objects.Length; i++)
        {
            foreach (var map in _objects[i].Maps)
            {
                if (map.DataSection is not DataSectionKind.None) continue;
                var moved = Move(i, map);
                if (ordinary.TryAdd(map.Name, (moved, i))) _maps.Add(moved);
                else if (!IsSame(ordinary[map.Name].Map, moved)) ReportMismatch(ordinary[map.Name].Map, moved, ordinary[map.Name].Object, i);
            }
        }
    }

    private MapSpec Move(int index, MapSpec map) => map with
    {
        KeyType = TypeOf(index, map.KeyType),
        ValueType = TypeOf(index, map.ValueType),
        Inner = map.Inner is { } inner ? Move(index, inner) : null,
        Slots = [.. map.Slots.Select(s => s with { Target = _functionNames[index].GetValueOrDefault(s.Target, s.Target) })],
    };

    private static bool IsSame(MapSpec left, MapSpec right) =>
        (left.Type, left.KeySize, left.ValueSize, left.MaxEntries, left.Flags, left.Extra, left.NumaNode, left.Pinning)
            == (right.Type, right.KeySize, right.ValueSize, right.MaxEntries, right.Flags, right.Extra, right.NumaNode, right.Pinning)
        && left.Type is not MapType.StructOps
        && left.Slots.SequenceEqual(right.Slots)
        && (left.Inner is null ? right.Inner is null : right.Inner is not null && IsSame(left.Inner, right.Inner));

    private void ReportMismatch(MapSpec left, MapSpec right, int first, int second)
    {
        if (left.Type is MapType.StructOps)
        {
            Duplicate("map", left.Name, _objects[first], _objects[second]);
            return;
        }

        Error(LinkDiagnostics.MapMismatch,
            $"map '{left.Name}' is {Describe(left)} in '{_objects[first].Name}' and {Describe(right)} in '{_objects[second].Name}'",
            "define it in one object and declare it extern in the others");
    }

    private static string Describe(MapSpec map) => $"{map.Type} of {map.MaxEntries}, {map.KeySize}-byte keys, {map.ValueSize}-byte values";

    /// <summary>All maps: the ordinary ones, then the data sections with their contents.</summary>
    private ImmutableArray<MapSpec> FinishMaps()
    {
        foreach (var parts in _objects.SelectMany((o, i) => o.Maps.Where(IsData).Select(m => (Map: m, Object: i))).GroupBy(p => p.Map.Name))
            _maps.Add(Concatenate([.. parts]));
        if (_sizes.TryGetValue(Kconfig, out int size))
        {
            var first = _objects.SelectMany((o, i) => o.Maps.Select(m => (Map: m, Object: i))).First(m => m.Map.DataSection is DataSectionKind.Kconfig);
            _maps.Add(first.Map with { ValueSize = size, ValueType = TypeOf(first.Object, first.Map.ValueType), Contents = [] });
        }

        return [.. _maps];
    }

    private MapSpec Concatenate(List<(MapSpec Map, int Object)> parts)
    {
        var first = parts[0].Map;
        byte[] contents = parts.All(p => p.Map.Contents.IsEmpty) ? [] : new byte[_sizes[first.Name]];
        foreach (var (map, index) in parts) map.Contents.AsSpan().CopyTo(contents.AsSpan(contents.Length == 0 ? 0 : _shifts[(index, map.Name)]));
        var typed = parts.FirstOrDefault(p => p.Map.ValueType != 0, parts[0]);
        return first with
        {
            ValueSize = _sizes[first.Name],
            ValueType = TypeOf(typed.Object, typed.Map.ValueType),
            Alignment = parts.Max(p => p.Map.Alignment),
            Contents = [.. contents],
            DataSection = parts.All(p => p.Map.DataSection == first.DataSection) ? first.DataSection : DataSectionKind.Data,
        };
    }
}
