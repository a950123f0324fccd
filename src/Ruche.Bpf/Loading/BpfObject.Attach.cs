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

    private void AttachStructOps()
    {
        foreach (var map in Spec.Maps)
        {
            if (map.AutoCreate && map.Type is MapType.StructOps) _links.Add(StructOpsMap.Attach(map, Map(map.Name)));
        }
    }
}
