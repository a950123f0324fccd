// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Loading;

public sealed partial class BpfObject
{
    /// <summary>
    /// Attaches every loaded program where its section says. Programs that section and options do not place are reported with the
    /// reason; a place that does not exist, or a refusal, is a failure.
    /// </summary>
    /// <exception cref="BpfException">A program could not be attached; none is attached then.</exception>
    public ImmutableArray<AttachOutcome> Attach(AttachOptions? options = null)
    {
        if (Phase is ObjectPhase.Opened or ObjectPhase.Prepared) Load();
        Require(ObjectPhase.Loaded);
        var outcomes = ImmutableArray.CreateBuilder<AttachOutcome>(_programs.Count);
        Enter(ObjectPhase.Attached, () =>
        {
            SectionAttachment attachment = new(options ?? new(), _maps);
            foreach (var program in _programs.Values)
            {
                if (!_autoAttach.GetValueOrDefault(program.Name, true)) continue;
                var outcome = attachment.Attach(program);
                if (outcome.Link is { } link) _links.Add(link);
                outcomes.Add(outcome);
            }

            AttachStructOps();
        });
        return outcomes.ToImmutable();
    }

    /// <summary>
    /// Makes the kernel use a struct_ops map that is not attached by a link. It does so until the map's entry is deleted, whatever
    /// becomes of this object; <see cref="Attach"/> ends it with the object.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such map, or it is attached by a link.</exception>
    /// <exception cref="BpfException">The struct's owner refuses it, or one of its name is there already (EEXIST).</exception>
    public void RegisterStructOps(string name)
    {
        Require(ObjectPhase.Loaded);
        var spec = Spec.Maps.FirstOrDefault(m => m.Name == name && m is { Type: MapType.StructOps, IsLinkedStructOps: false })
            ?? throw new ArgumentException($"object '{Name}' has no struct_ops map '{name}' that is used without a link", nameof(name));
        StructOpsMap.Fill(spec, Map(name), Spec, _kernel, _programs);
    }

    private void AttachStructOps()
    {
        foreach (var map in Spec.Maps)
        {
            if (!map.AutoCreate || map.Type is not MapType.StructOps) continue;
            if (!map.IsLinkedStructOps) RegisterStructOps(map.Name);
            _links.Add(StructOpsMap.Attach(map, Map(map.Name)));
        }
    }
}
