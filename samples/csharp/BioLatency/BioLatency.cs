// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Samples;

/// <summary>Draws how long disks take for what they are asked, as a histogram with a slot for each power of two microseconds.</summary>
[BpfObject]
public static class BioLatency
{
    private const uint LastSlot = 31;

    /// <summary>When each request was handed to its disk.</summary>
    [BpfMap(MaxEntries = 10240)]
    private static readonly BpfHashMap<RequestPlace, ulong> Started = default;

    /// <summary>Slot n counts the requests that took from 2^n to 2^(n+1)-1 microseconds.</summary>
    [BpfMap(MaxEntries = LastSlot + 1)]
    private static readonly BpfArray<ulong> Slots = default;

    [Tracepoint("block", "block_rq_issue")]
    public static int OnIssue(in BlockRequest request)
    {
        Started.Update(PlaceOf(in request), Bpf.KtimeGetNs());
        return 0;
    }

    [Tracepoint("block", "block_rq_complete")]
    public static int OnComplete(in BlockRequest request)
    {
        RequestPlace place = PlaceOf(in request);
        ref ulong started = ref Started.Lookup(in place);

        // It may have begun before we came.
        if (Bpf.IsNull(ref started)) return 0;
        ulong microseconds = (Bpf.KtimeGetNs() - started) / 1000;
        Started.Delete(in place);
        ref ulong count = ref Slots.Lookup(Math.Min(Log2(microseconds), LastSlot));
        if (!Bpf.IsNull(ref count)) Interlocked.Increment(ref count);
        return 0;
    }

    private static RequestPlace PlaceOf(in BlockRequest request) => new() { Sector = request.Sector, Device = request.Device };

    // The position of the highest bit, by halving.
    private static uint Log2(ulong value)
    {
        uint bit = 0;
        for (int half = 32; half > 0; half /= 2)
        {
            if (value >> half == 0) continue;
            value >>= half;
            bit += (uint)half;
        }

        return bit;
    }
}

/// <summary>What both trace points begin with, see /sys/kernel/tracing/events/block/block_rq_issue/format.</summary>
public readonly struct BlockRequest
{
    private readonly ulong _common;
    public readonly uint Device;
    public readonly ulong Sector;
}

/// <summary>Where a request reads or writes: no two of a disk are under way in the same place.</summary>
public struct RequestPlace
{
    public ulong Sector;
    public uint Device;

    private uint _unused;
}
