// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Pins;

namespace Ruche.Bpf.Loading;

public sealed partial class BpfObject
{
    /// <summary>Creates the maps, or takes over those that are pinned, and resolves what the object expects of the kernel.</summary>
    /// <exception cref="BpfException">The kernel refuses a map, a pin does not fit, or a symbol is missing.</exception>
    public BpfObject Prepare()
    {
        Require(ObjectPhase.Opened);
        Enter(ObjectPhase.Prepared, () =>
        {
            _types = ObjectTypes.Load(Spec, _options.Token, out string? refusal);
            TypesRefusal = refusal;
            _symbols = SymbolTable.Resolve(Spec, _kernel);
            foreach (var map in Spec.Maps)
            {
                if (map.AutoCreate) _maps.Add(map.Name, Provide(map));
            }

            foreach (var map in Spec.Maps)
            {
                if (map is { AutoCreate: true, Type: MapType.ArrayOfMaps or MapType.HashOfMaps }) FillWithMaps(map);
            }
        });
        return this;
    }

    private BpfMap Provide(MapSpec spec)
    {
        if (_options.Maps.TryGetValue(spec.Name, out var given)) return given;
        MapTypeIds types = new(_types, (uint)spec.KeyType, (uint)spec.ValueType);
        if (spec.Pinning is MapPinning.ByName) return ProvidePinned(spec, types);
        var map = Create(spec, types);
        try
        {
            if (spec.DataSection is not DataSectionKind.None) FillDataSection(map, spec);
            else if (spec.Type is MapType.Arena) FillArena(map, spec);
            return map;
        }
        catch
        {
            map.Dispose();
            throw;
        }
    }

    private BpfMap Create(MapSpec spec, MapTypeIds types)
    {
        if (spec.Type is MapType.StructOps) return StructOpsMap.Create(spec, types, _kernel);
        return spec.DataSection is DataSectionKind.None
            ? BpfMap.Create(spec, types, _options.Token, CardOf(spec))
            : BpfMap.Create(spec with { Name = KernelName(spec.Name) }, types, _options.Token, CardOf(spec));
    }

    /// <summary>Perf events belong to CPUs, whatever runs on a card.</summary>
    private NetworkInterface? CardOf(MapSpec spec) => _options.IsOffloaded && spec.Type is not MapType.PerfEventArray ? _options.Device : null;

    /// <summary>Data sections of all objects have the same names; the kernel shows the object's name before it: <c>counter.rodata</c>.</summary>
    private string KernelName(string section)
    {
        int room = Math.Max(0, ObjectName.Size - 1 - section.Length);
        return string.Concat(Name.AsSpan(0, Math.Min(Name.Length, room)), section);
    }

    private BpfMap ProvidePinned(MapSpec spec, MapTypeIds types)
    {
        string path = Path.Combine(_options.PinRoot ?? BpfPins.Root, spec.Name);
        bool exists = File.Exists(path);
        var map = BpfMap.OpenOrCreatePinned(spec, path, types);
        if (!exists) _createdPins.Add(path);
        return map;
    }

    private void FillDataSection(BpfMap map, MapSpec spec)
    {
        byte[] content = _contents.GetValueOrDefault(spec.Name) ?? InitialContent(spec);

        // A new map is zero already.
        if (content.AsSpan().ContainsAnyExcept((byte)0)) map.Update(stackalloc byte[sizeof(int)], content);
        if (spec.DataSection is DataSectionKind.ReadOnlyData or DataSectionKind.Kconfig) Freeze(map);
    }

    /// <summary>An arena needs an address in this process before programs that use it can be loaded; it keeps it until the object is let go of.</summary>
    private void FillArena(BpfMap map, MapSpec spec)
    {
        var memory = BpfArena.Map(map, spec.Name);
        _arenas.Add(spec.Name, memory);
        if (spec.Contents.Length > memory.Length)
            throw new BpfException($"fill arena '{spec.Name}'", Errno.E2BIG, $"its {spec.Contents.Length} bytes of variables do not fit; raise max_entries");
        spec.Contents.AsSpan().CopyTo(memory.Slice(0, spec.Contents.Length));
    }

    /// <summary>Kernels before 5.2 cannot freeze maps; there constants are merely not known to the verifier.</summary>
    private static void Freeze(BpfMap map)
    {
        try
        {
            map.Freeze();
        }
        catch (BpfException e) when (e.Errno is Errno.EINVAL)
        {
        }
    }

    private void FillWithMaps(MapSpec spec)
    {
        foreach (var slot in spec.Slots) UpdateSlot(spec, slot, Map(slot.Target).Fd);
    }

    private void UpdateSlot(MapSpec spec, MapSlot slot, BpfFd target)
    {
        uint key = slot.Key;
        int value = target.Value;
        Map(spec.Name).Update(TypedView.BytesOf(in key), TypedView.BytesOf(in value));
        GC.KeepAlive(target);
    }
}
