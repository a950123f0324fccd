// SPDX-License-Identifier: MIT
using static Ruche.Bpf.Kernel.Tests.Programs.SampleTypes;

namespace Ruche.Bpf.Kernel.Tests.Programs;

/// <summary>A program that keeps objects of its own in a list.</summary>
[BpfObject(Name = "graph")]
internal static unsafe class GraphSamples
{
    [BpfMap(MaxEntries = 1)]
    private static readonly BpfArray<Items> Lists = default;

    [Tc]
    public static TcAction Keep(ref SkBuffContext packet)
    {
        ref Item item = ref Bpf.ObjNew<Item>();
        if (Bpf.IsNull(ref item)) return TcAction.Ok;
        item.Number = packet.Hash;
        ref Items items = ref Lists.Lookup(0);
        if (Bpf.IsNull(ref items))
        {
            Bpf.ObjDrop(ref item);
            return TcAction.Ok;
        }

        using (Bpf.Lock(ref items.Lock))
        {
            Bpf.ListPushBack(ref items.Head, ref item.Node);
        }

        if (Bpf.DynptrFromSkb(ref packet, 0, out Dynptr bytes) == 0 && bytes.Read(0, out EthernetHeader header) == 0)
            return header.Destination.IsBroadcast ? TcAction.Shot : TcAction.Ok;
        return TcAction.Unspecified;
    }
}
