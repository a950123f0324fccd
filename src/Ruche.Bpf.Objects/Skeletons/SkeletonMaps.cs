// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Btf.Rendering;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Skeletons;

/// <summary>Writes maps as properties, typed as far as the object says what is in them, and methods that open buffers.</summary>
internal sealed class SkeletonMaps(ObjectSpec spec, CSharpDefinitions? types, CSharpNames names)
{
    private const string Maps = "global::Ruche.Bpf.Maps.";
    private const string RawMap = $"{Maps}BpfMap";

    private readonly int[] _marks = spec.Btf is null ? [] : [.. RecordMarks.Of(spec.Btf)];
    private readonly bool _isOnlyBuffer = spec.Maps.Count(map => map.Type is MapType.RingBuf or MapType.PerfEventArray) == 1;

    /// <summary>Writes the members of a map.</summary>
    public void AppendTo(StringBuilder text, MapSpec map, string name)
    {
        string literal = CSharpText.Literal(map.Name);
        string type = ViewOf(map, CSharpNames.Pascal(map.Name));
        string inner = map.Inner is { } held ? $" Each of its maps is a {CSharpText.Code(ViewOf(held, $"{CSharpNames.Pascal(map.Name)}Inner").Replace(Maps, "", StringComparison.Ordinal))}." : "";
        string value = map.Type is MapType.Arena ? $"Object.Arena({literal})" : type == RawMap ? $"Object.Map({literal})" : $"new(Object.Map({literal}))";
        text.Append(CultureInfo.InvariantCulture, $"""

                /// <summary>The {map.Type.KernelName()} {CSharpText.Code(map.Name)}{Size(map)}, once the object is prepared.{inner}</summary>
                public {type} {name} => {value};

            """);
        switch (map.Type)
        {
            case MapType.RingBuf: AppendReader(text, map, name, "global::Ruche.Bpf.Buffers.RingBufferReader"); break;
            case MapType.PerfEventArray: AppendReader(text, map, name, "global::Ruche.Bpf.Buffers.PerfBufferReader"); break;
            case MapType.UserRingBuf: AppendOpener(text, map, name, "global::Ruche.Bpf.Buffers.BpfUserRingBuffer", "Opens the buffer for writing"); break;
        }
    }

    private static string Size(MapSpec map) => map.MaxEntries == 0 ? ""
        : string.Create(CultureInfo.InvariantCulture, $" of {map.MaxEntries} {(map.Type is MapType.RingBuf or MapType.UserRingBuf ? "bytes" : map.Type is MapType.Arena ? "pages" : "entries")}");

    /// <summary>The view that fits a map; the map itself when there is none, or when a type that it needs is not known.</summary>
    /// <param name="map">The map.</param>
    /// <param name="name">What types without a name are called after.</param>
    private string ViewOf(MapSpec map, string name)
    {
        string? key = map.Type is MapType.LpmTrie ? AddressOf(map, $"{name}Address") : TypeOf(map.KeyType, map.KeySize, $"{name}Key");
        string? value = TypeOf(map.ValueType, map.ValueSize, $"{name}Value");
        string? view = map.Type switch
        {
            MapType.Hash or MapType.LruHash => Generic("BpfHashMap", key, value),
            MapType.Array => Generic("BpfArray", value),
            MapType.PerCpuHash or MapType.LruPerCpuHash => Generic("BpfPerCpuHashMap", key, value),
            MapType.PerCpuArray => Generic("BpfPerCpuArray", value),
            MapType.LpmTrie => Generic("BpfLpmTrie", key, value),
            MapType.Queue => Generic("BpfQueue", value),
            MapType.Stack => Generic("BpfStack", value),
            MapType.BloomFilter => Generic("BpfBloomFilter", value),
            MapType.ArrayOfMaps => Generic("BpfMapOfMaps", "uint"),
            MapType.HashOfMaps => Generic("BpfMapOfMaps", key),
            MapType.SkStorage => Generic("BpfSocketStorage", value),
            MapType.TaskStorage => Generic("BpfTaskStorage", value),
            MapType.InodeStorage => Generic("BpfInodeStorage", value),
            MapType.CgrpStorage => Generic("BpfCgroupStorage", value),
            MapType.SockHash => Generic("BpfSocketMap", key),
            MapType.SockMap or MapType.ReuseportSockArray or MapType.XskMap => Generic("BpfSocketMap", "uint"),
            MapType.DevMap or MapType.DevMapHash or MapType.CpuMap => $"{Maps}BpfRedirectMap",
            MapType.ProgArray => $"{Maps}BpfProgramArray",
            MapType.PerfEventArray => $"{Maps}BpfPerfEventArray",
            MapType.CgroupArray => $"{Maps}BpfCgroupArray",
            MapType.Arena => $"{Maps}BpfArena",
            _ => null,
        };
        return view ?? RawMap;
    }

    private static string? Generic(string view, params ReadOnlySpan<string?> arguments) =>
        arguments.Contains(null) ? null : $"{Maps}{view}<{string.Join(", ", arguments!)}>";

    private string? TypeOf(int type, int size, string name) =>
        types is not null && type != 0 && size > 0 && spec.Btf!.TrySizeOf(type, out int found) && found == size ? types.Use(type, name) : null;

    /// <summary>What follows the length of the prefix in a key: the second member of a struct of two, otherwise bytes.</summary>
    private string? AddressOf(MapSpec map, string name)
    {
        int size = map.KeySize - sizeof(uint);
        if (types is null || size <= 0) return null;
        bool isPair = map.KeyType != 0 && spec.Btf![spec.Btf.Resolve(map.KeyType)] is BtfType.Composite { IsUnion: false, Members: [_, { BitOffset: 32, BitSize: 0 }] };
        string? address = isPair ? TypeOf(((BtfType.Composite)spec.Btf![spec.Btf.Resolve(map.KeyType)]).Members[1].Type, size, name) : null;
        return address ?? types.Bytes(size);
    }

    private void AppendReader(StringBuilder text, MapSpec map, string name, string reader)
    {
        AppendOpener(text, map, name, reader, "Opens the buffer for reading; there should be one reader of it");
        if (RecordOf(map, name) is not { } record) return;
        text.Append(CultureInfo.InvariantCulture, $$"""

                /// <summary>Reads the records of {{CSharpText.Code(map.Name)}} as they come, from the first step on. Ends when it is cancelled.</summary>
                public async global::System.Collections.Generic.IAsyncEnumerable<{{record}}> {{names.Take($"Read{name}Async")}}(
                    [EnumeratorCancellation] global::System.Threading.CancellationToken cancellationToken = default)
                {
                    using {{reader}} reader = new(Object.Map({{CSharpText.Literal(map.Name)}}));
                    await foreach ({{record}} record in reader.ReadAllAsync<{{record}}>(cancellationToken)) yield return record;
                }

            """);
    }

    private void AppendOpener(StringBuilder text, MapSpec map, string name, string reader, string what) =>
        text.Append(CultureInfo.InvariantCulture, $"""

                /// <summary>{what}. The caller disposes it.</summary>
                public {reader} {names.Take($"Open{name}")}() => new(Object.Map({CSharpText.Literal(map.Name)}));

            """);

    /// <summary>The type of a buffer's records: the declared value when it is a struct, or the only struct marked as a record where there is but one buffer.</summary>
    private string? RecordOf(MapSpec map, string name)
    {
        if (types is null) return null;
        if (map.ValueType != 0 && spec.Btf![spec.Btf.Resolve(map.ValueType)] is BtfType.Composite { Size: > 0 }) return types.Use(map.ValueType, $"{name}Record");
        return _isOnlyBuffer && _marks is [int only] && spec.Btf!.SizeOf(only) > 0 ? types.Use(only, "") : null;
    }
}
