// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Loading;

/// <summary>What the running kernel's configuration makes of an object's <c>__kconfig</c> externs.</summary>
public static class KconfigValues
{
    /// <summary>The contents of the object's <c>.kconfig</c> map; empty when it has none.</summary>
    /// <param name="spec">The object.</param>
    /// <param name="extra">Lines such as <c>CONFIG_HZ=250</c> that win over the kernel's configuration.</param>
    /// <exception cref="BpfException">A value that is not weak is unknown, or does not fit its type.</exception>
    public static ImmutableArray<byte> Of(ObjectSpec spec, string extra = "")
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(extra);
        var map = spec.Maps.FirstOrDefault(m => m.DataSection is DataSectionKind.Kconfig);
        return map is null ? [] : ImmutableCollectionsMarshal.AsImmutableArray(KernelValues.Fill(spec, map.ValueSize, extra));
    }
}
