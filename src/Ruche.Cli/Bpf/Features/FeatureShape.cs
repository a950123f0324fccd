// SPDX-License-Identifier: MIT
using System.Text.Json;
using Ruche.Cli.Bpf.Listing;

namespace Ruche.Cli.Bpf.Features;

/// <summary>How features are listed.</summary>
internal sealed class FeatureShape : IListingShape<KernelFeature>
{
    public string[] Head => ["KIND", "FEATURE", "HERE", "SINCE"];

    public string[] Cells(KernelFeature feature) => [feature.Kind, feature.Name, Answer(feature), feature.HasVersion ? feature.Probe.Introduced.ToString(2) : ""];

    public void WriteMembers(Utf8JsonWriter json, KernelFeature feature)
    {
        json.WriteString("kind", feature.Kind);
        json.WriteString("feature", feature.Name);
        json.WriteString("available", Answer(feature));
        if (feature.HasVersion) json.WriteString("since", feature.Probe.Introduced.ToString(2));
    }

    private static string Answer(KernelFeature feature) => feature.Probe.Ask().ToString().ToLowerInvariant();
}
