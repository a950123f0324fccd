// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Bpf.Compiler.Ir;

/// <summary>Address spaces as the text form names them.</summary>
internal static class SpaceNames
{
    private static readonly ImmutableArray<(AddressSpace Space, string Name)> Names =
    [
        (AddressSpace.Stack, "stack"),
        (AddressSpace.Context, "context"),
        (AddressSpace.Packet, "packet"),
        (AddressSpace.PacketEnd, "packet_end"),
        (AddressSpace.Value, "value"),
        (AddressSpace.Kernel, "kernel"),
        (AddressSpace.KernelProbe, "kernel_probe"),
        (AddressSpace.User, "user"),
        (AddressSpace.Any, "any"),
    ];

    public static string NameOf(AddressSpace space) => Names.First(n => n.Space == space).Name;

    public static bool TryFind(string name, out AddressSpace space)
    {
        foreach (var (candidate, known) in Names)
        {
            if (known != name) continue;
            space = candidate;
            return true;
        }

        space = default;
        return false;
    }
}
