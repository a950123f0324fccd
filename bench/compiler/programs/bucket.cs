// SPDX-License-Identifier: MIT
/// <summary>A token bucket: as many packets as there are tokens, which time brings back.</summary>
[BpfObject]
public static class Bucket
{
    private const ulong Rate = 1000;
    private const ulong Depth = 100;

    private struct Tokens
    {
        public ulong Left, Last;
    }

    [BpfMap(Name = "buckets", MaxEntries = 1)]
    private static readonly BpfPerCpuArray<Tokens> Buckets;

    [Xdp(Name = "bucket")]
    private static XdpAction Filter(in XdpContext context)
    {
        ref Tokens bucket = ref Buckets.Lookup(0);
        if (Bpf.IsNull(ref bucket)) return XdpAction.Aborted;
        ulong now = Bpf.KtimeGetNs();
        ulong grown = (now - bucket.Last) * Rate / 1_000_000_000;
        if (grown != 0)
        {
            bucket.Left = Math.Min(bucket.Left + grown, Depth);
            bucket.Last = now;
        }

        if (bucket.Left == 0) return XdpAction.Drop;
        bucket.Left--;
        return XdpAction.Pass;
    }
}
