// SPDX-License-Identifier: MIT
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Loading;

public sealed partial class BpfObject
{
    /// <summary>Loads the programs that want to be loaded, and fills maps that hold programs.</summary>
    /// <exception cref="VerifierException">The verifier refused a program.</exception>
    /// <exception cref="BpfException">The kernel refused something else, or an attach target is missing.</exception>
    public BpfObject Load()
    {
        if (Phase is ObjectPhase.Opened) Prepare();
        Require(ObjectPhase.Prepared);
        Enter(ObjectPhase.Loaded, () =>
        {
            ProgramPreparation preparation = new(Spec, _kernel, _symbols!, _maps, _types);
            foreach (var program in Spec.Programs)
            {
                if (!_autoLoad.GetValueOrDefault(program.Name, program.AutoLoad)) continue;
                _programs.Add(program.Name, Load(ForDevice(preparation.Prepare(program, _targets.GetValueOrDefault(program.Name))) with { Token = _options.Token }, program));
            }

            FillWithPrograms();
            ShareUsdtSpecs();
        });
        return this;
    }

    /// <summary>Tells the programs made with libbpf's <c>usdt.bpf.h</c> which maps of theirs describe arguments.</summary>
    private void ShareUsdtSpecs()
    {
        if (Spec.Btf is not { } types || !_maps.TryGetValue(UsdtSpecs.SpecsMap, out var specs)) return;
        if (UsdtSpecLayout.Of(types, Spec.Maps.First(m => m.Name == UsdtSpecs.SpecsMap).ValueType) is not { } layout) return;
        UsdtSpecs shared = new(specs, _maps.GetValueOrDefault(UsdtSpecs.AddressesMap), layout);
        foreach (var program in _programs.Values)
        {
            if (program.Type is ProgramType.Kprobe) program.Usdt = shared;
        }
    }

    private ProgramImage ForDevice(ProgramImage image)
    {
        if (_options.Device is not { } device) return image;
        if (_options.IsOffloaded) return image with { InterfaceIndex = device.Index };
        return image.Type is ProgramType.Xdp ? image with { InterfaceIndex = device.Index, Flags = image.Flags | ProgramFlags.XdpDeviceBound } : image;
    }

    private static BpfProgram Load(ProgramImage image, ProgramSpec program)
    {
        try
        {
            return BpfProgram.Load(image);
        }
        catch (BpfException e) when (e is { Errno: Errno.EINVAL } and not VerifierException && program.IsAttachTypeOptional && image.AttachType is not null)
        {
            // The kernel is older than the attach type, and the program does not depend on it.
            return BpfProgram.Load(image with { AttachType = null });
        }
    }

    private void FillWithPrograms()
    {
        foreach (var map in Spec.Maps)
        {
            if (!map.AutoCreate) continue;
            // Filling one without a link makes the kernel use it: that is attaching.
            if (map.Type is MapType.StructOps && map.IsLinkedStructOps) StructOpsMap.Fill(map, Map(map.Name), Spec, _kernel, _programs);
            if (map.Type is not MapType.ProgArray) continue;
            foreach (var slot in map.Slots)
            {
                if (_programs.TryGetValue(slot.Target, out var program)) UpdateSlot(map, slot, program.Fd);
            }
        }
    }
}
