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
        .. Numbers<ProgramType>().Select(t => new KernelFeature("program type", ((ProgramType)t).KernelName(), KernelFeatures.Program((ProgramType)t))),
        .. Numbers<MapType>().Select(t => new KernelFeature("map type", ((MapType)t).KernelName(), KernelFeatures.Map((MapType)t))),
        .. KernelFeatures.All.Select(f => new KernelFeature("feature", f.Name, f)),
    ];

    /// <summary>Every helper in programs of some types.</summary>
    public static List<KernelFeature> Helpers(IEnumerable<uint> types) =>
    [
        .. types.SelectMany(type => Numbers<HelperId>()
            .Select(h => new KernelFeature(((ProgramType)type).KernelName(), HelperNames.NameOf((HelperId)h)!, KernelFeatures.Helper((ProgramType)type, (HelperId)h), HasVersion: false))),
    ];

    /// <summary>The values of one of the kernel's enumerations, as numbers: queries of enumerations would be compiled once for each.</summary>
    public static uint[] Numbers<T>(uint from = 1)
        where T : struct, Enum => [.. ((uint[])Enum.GetValuesAsUnderlyingType<T>()).Where(number => number >= from)];
}
