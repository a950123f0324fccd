// SPDX-License-Identifier: MIT
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
                _programs.Add(program.Name, BpfProgram.Load(preparation.Prepare(program, _targets.GetValueOrDefault(program.Name))));
            }

            FillWithPrograms();
        });
        return this;
    }

    private void FillWithPrograms()
    {
        foreach (var map in Spec.Maps)
        {
            if (!map.AutoCreate) continue;
            if (map.Type is MapType.StructOps) StructOpsMap.Fill(map, Map(map.Name), Spec, _kernel, _programs);
            if (map.Type is not MapType.ProgArray) continue;
            foreach (var slot in map.Slots)
            {
                if (_programs.TryGetValue(slot.Target, out var program)) UpdateSlot(map, slot, program.Fd);
            }
        }
    }
}
