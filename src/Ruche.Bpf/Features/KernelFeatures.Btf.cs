// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Features;

public static partial class KernelFeatures
{
    /// <summary>BTF of functions.</summary>
    public static FeatureProbe BtfFunction { get; } = new("BTF functions", new(5, 0), () => BtfProbe.Load(
        [.. BtfProbe.Int, .. BtfProbe.Prototype, 1, BtfProbe.Info(12), 2]));

    /// <summary>BTF of global functions, which the verifier checks on their own.</summary>
    public static FeatureProbe BtfGlobalFunction { get; } = new("BTF global functions", new(5, 6), () => BtfProbe.Load(
        [.. BtfProbe.Int, .. BtfProbe.Prototype, 1, BtfProbe.Info(12, 1), 2]));

    /// <summary>BTF of global variables and their sections.</summary>
    public static FeatureProbe BtfDataSection { get; } = new("BTF variables and data sections", new(5, 2), () => BtfProbe.Load(
        [.. BtfProbe.Int, .. BtfProbe.Variable, 3, BtfProbe.Info(15, 1), 4, 2, 0, 4]));

    /// <summary>BTF of floating-point types.</summary>
    public static FeatureProbe BtfFloat { get; } = new("BTF floats", new(5, 13), () => BtfProbe.Load([1, BtfProbe.Info(16), 4]));

    /// <summary>BTF tags on declarations.</summary>
    public static FeatureProbe BtfDeclTag { get; } = new("BTF declaration tags", new(5, 16), () => BtfProbe.Load(
        [.. BtfProbe.Int, .. BtfProbe.Variable, 1, BtfProbe.Info(17), 2, uint.MaxValue]));

    /// <summary>BTF tags on types.</summary>
    public static FeatureProbe BtfTypeTag { get; } = new("BTF type tags", new(5, 17), () => BtfProbe.Load(
        [.. BtfProbe.Int, 1, BtfProbe.Info(18), 1, 0, BtfProbe.Info(2), 2]));

    /// <summary>BTF of 64-bit enumerations.</summary>
    public static FeatureProbe BtfEnum64 { get; } = new("BTF 64-bit enumerations", new(6, 0), () => BtfProbe.Load([0, BtfProbe.Info(19), 8]));
}
