// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>The map that programs of the kind <see cref="UsdtAttribute"/> have, of a name that loaders know.</summary>
internal static class UsdtMaps
{
    [BpfMap(Name = "__bpf_usdt_specs", MaxEntries = 256)]
    internal static readonly BpfArray<UsdtSpec> Specs = default;
}
