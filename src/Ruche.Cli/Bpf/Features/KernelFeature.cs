// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Cli.Bpf.Features;

/// <summary>Something to ask the kernel for, and what it is called in a list.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Name">Its name, as the kernel writes it.</param>
/// <param name="Probe">The question.</param>
/// <param name="HasVersion">Whether it is known since when there has been such a thing.</param>
internal sealed record KernelFeature(string Kind, string Name, FeatureProbe Probe, bool HasVersion = true)
{
    /// <summary>Types and whatever else kernels differ in.</summary>
    public static List<KernelFeature> General() =>
    [
        .. Enum.GetValues<ProgramType>().Where(t => t is not ProgramType.Unspec).Select(t => new KernelFeature("program type", t.KernelName(), KernelFeatures.Program(t))),
        .. Enum.GetValues<MapType>().Where(t => t is not MapType.Unspec).Select(t => new KernelFeature("map type", t.KernelName(), KernelFeatures.Map(t))),
        .. KernelFeatures.All.Select(f => new KernelFeature("feature", f.Name, f)),
    ];

    /// <summary>Every helper in programs of some types.</summary>
    public static List<KernelFeature> Helpers(IEnumerable<ProgramType> types) =>
    [
        .. types.SelectMany(type => Enum.GetValues<HelperId>().Where(h => h is not HelperId.Unspec)
            .Select(h => new KernelFeature(type.KernelName(), HelperNames.NameOf(h)!, KernelFeatures.Helper(type, h), HasVersion: false))),
    ];
}
