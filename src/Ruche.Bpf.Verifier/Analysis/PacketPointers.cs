// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Pointers into a packet that may have moved.</summary>
internal static class PacketPointers
{
    /// <summary>Forgets all of them, and slices of dynptrs to the packet.</summary>
    public static void Invalidate(Walk walk)
    {
        var gone = walk.Gone(OriginKind.PacketMoved);
        walk.Now.Replace(v => v.IsPacket || v.Kind is ValueKind.PacketEnd || v.Has(ValueFlags.DynamicPointerMemory) ? gone : v);
    }
}
