// SPDX-License-Identifier: MIT
/// <summary>Tells user space of each packet.</summary>
[BpfObject]
public static class Ring
{
    private struct Event
    {
        public ulong Time;
        public uint Source, Target;
        public ushort Length;
        public byte Protocol, TimeToLive;
        public uint Cpu;
    }

    [BpfMap(Name = "events", MaxEntries = 65536)]
    private static readonly BpfRingBuffer<Event> Events;

    [Xdp(Name = "ring")]
    private static XdpAction Tell(in XdpContext context)
    {
        Packet packet = context.Packet;
        if (!packet.TryRead(out EthernetHeader ethernet) || !packet.TryRead(out IPv4Header ip) || ethernet.Type != EtherType.IPv4) return XdpAction.Pass;
        var room = Events.Reserve();
        if (room.IsNull) return XdpAction.Aborted;
        ref Event told = ref room.Record;
        told.Time = Bpf.KtimeGetNs();
        told.Source = ip.Source.Value;
        told.Target = ip.Destination.Value;
        told.Length = ip.TotalLength;
        told.Protocol = (byte)ip.Protocol;
        told.TimeToLive = ip.TimeToLive;
        told.Cpu = Bpf.GetSmpProcessorId();
        room.Submit();
        return XdpAction.Drop;
    }
}
