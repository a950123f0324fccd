// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Features;

public static partial class KernelFeatures
{
    // The first kernels, in the order of the types' numbers.
    private static readonly string[] ProgramTypesSince =
    [
        "0.0", "3.19", "4.1", "4.1", "4.1", "4.7", "4.8", "4.9", "4.10", "4.10", "4.10", "4.10", "4.10", "4.13", "4.14", "4.15", "4.17",
        "4.17", "4.17", "4.18", "4.18", "4.19", "4.20", "5.2", "5.2", "5.3", "5.5", "5.6", "5.6", "5.7", "5.9", "5.14", "6.4",
    ];

    private static readonly string[] MapTypesSince =
    [
        "0.0", "3.19", "3.19", "4.2", "4.3", "4.6", "4.6", "4.6", "4.8", "4.10", "4.10", "4.11", "4.12", "4.12", "4.14", "4.14", "4.15",
        "4.18", "4.18", "4.19", "4.19", "4.20", "4.20", "4.20", "5.2", "5.4", "5.6", "5.8", "5.10", "5.11", "5.16", "6.1", "6.2", "6.9", "6.19",
    ];

    private static readonly Version KernelCalls = new(5, 13);
    private static readonly FeatureProbe?[] Programs = new FeatureProbe?[ProgramTypesSince.Length];
    private static readonly FeatureProbe?[] Maps = new FeatureProbe?[MapTypesSince.Length];

    /// <summary>Programs of a type.</summary>
    public static FeatureProbe Program(ProgramType type) => LazyInitializer.EnsureInitialized(
        ref Programs[(int)type], () => new($"{type} programs", Version.Parse(ProgramTypesSince[(int)type]), () => ProgramTypeProbe.Type(type)));

    /// <summary>Maps of a type.</summary>
    public static FeatureProbe Map(MapType type) => LazyInitializer.EnsureInitialized(
        ref Maps[(int)type], () => new($"{type} maps", Version.Parse(MapTypesSince[(int)type]), () => MapTypeProbe.Type(type)));

    /// <summary>A helper in programs of a type. Its <see cref="FeatureProbe.Introduced"/> is the type's: helpers have been added since.</summary>
    public static FeatureProbe Helper(ProgramType type, HelperId helper) => HelperProbes.All.GetOrAdd((type, helper), static key =>
        new($"{HelperNames.NameOf(key.Item2)} in {key.Item1} programs", Program(key.Item1).Introduced, () => ProgramTypeProbe.Helper(key.Item1, key.Item2)));

    /// <summary>A function of the kernel (kfunc), not of a module, in programs of a type. Some may be called only by programs for one kind of hook.</summary>
    public static FeatureProbe Kfunc(ProgramType type, string function, AttachType hook = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(function);
        return KfuncProbes.All.GetOrAdd((type, function, hook), static key =>
            new($"{key.Item2} in {key.Item1} programs", KernelCalls, () => ProgramTypeProbe.Kfunc(key.Item1, key.Item3, key.Item2)));
    }

    private static class KfuncProbes
    {
        public static ConcurrentDictionary<(ProgramType, string, AttachType), FeatureProbe> All { get; } = new();
    }

    // A class of its own: whoever asks for another feature need not make it.
    private static class HelperProbes
    {
        public static ConcurrentDictionary<(ProgramType, HelperId), FeatureProbe> All { get; } = new();
    }
}
