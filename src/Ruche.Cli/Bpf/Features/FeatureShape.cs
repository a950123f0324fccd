// SPDX-License-Identifier: MIT
using System.Text.Json;
using Ruche.Bpf.Features;
using Ruche.Cli.Bpf.Listing;

namespace Ruche.Cli.Bpf.Features;

/// <summary>How features are listed.</summary>
internal sealed class FeatureShape : IListingShape<FeatureProbe>
{
    public string[] Head => ["FEATURE", "HERE", "SINCE"];

    public string[] Cells(FeatureProbe probe) => [probe.Name, probe.Ask().ToString().ToLowerInvariant(), probe.Introduced.ToString(2)];

    public void WriteMembers(Utf8JsonWriter json, FeatureProbe probe)
    {
        json.WriteString("feature", probe.Name);
        json.WriteString("available", probe.Ask().ToString().ToLowerInvariant());
        json.WriteString("since", probe.Introduced.ToString(2));
    }
}
