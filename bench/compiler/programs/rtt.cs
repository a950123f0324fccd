// SPDX-License-Identifier: MIT
/// <summary>Round-trip times of TCP connections, as a histogram by powers of two microseconds.</summary>
[BpfObject]
public static class RoundTrips
{
    [BpfMap(MaxEntries = 32)]
    private static readonly BpfPerCpuArray<ulong> Times;

    [SockOps(Name = "rtt")]
    private static int OnEvent(in SockOpsContext connection)
    {
        switch (connection.Event)
        {
            case SockOpsEvent.ActiveEstablished:
            case SockOpsEvent.PassiveEstablished:
                Bpf.SockOpsCbFlagsSet(in connection, (int)SockOpsCallbacks.RoundTrip);
                break;
            case SockOpsEvent.RoundTrip:
                ref ulong count = ref Times.Lookup(Log2(connection.SmoothedRoundTrip >> 3));
                if (!Bpf.IsNull(ref count)) count++;
                break;
        }

        return 1;
    }

    private static uint Log2(uint value)
    {
        int result = (value > 0xffff ? 1 : 0) << 4;
        value >>= result;
        int shift = (value > 0xff ? 1 : 0) << 3;
        value >>= shift;
        result |= shift;
        shift = (value > 0xf ? 1 : 0) << 2;
        value >>= shift;
        result |= shift;
        shift = (value > 0x3 ? 1 : 0) << 1;
        value >>= shift;
        result |= shift;
        return (uint)result | value >> 1;
    }
}
