using System.Runtime.CompilerServices;

/// <summary>What C# has and programs may use: the C# compiler turns it into plain memory and calls.</summary>
[BpfObject]
public static unsafe class Language
{
    [InlineArray(4)]
    struct Four
    {
        private uint _first;
    }

    struct Ports
    {
        public ushort Source, Destination;
        public float Share;

        public readonly bool IsLocal => Source < 1024;

        public readonly void Deconstruct(out ushort source, out ushort destination) => (source, destination) = (Source, Destination);
    }

    interface IVerdict
    {
        static abstract XdpAction Decide(uint number);
    }

    struct Even : IVerdict
    {
        public static XdpAction Decide(uint number) => number % 2 == 0 ? XdpAction.Drop : XdpAction.Pass;
    }

    static readonly ulong Threshold = 1000;

    static uint Seen { get; set; }

    [BpfMap(MaxEntries = 4)] static readonly BpfArray<ulong> Counts;

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Span<uint> last = [1, 2, context.IngressInterface];
        ReadOnlySpan<int> table = [80, 443, 8080];
        Four four = default;
        four[1] = last[^1];
        foreach (uint value in last[1..]) four[0] += value;
        Ports ports = new() { Source = 80, Destination = (ushort)four[0] };
        var (source, destination) = ports;
        bool known = ports is { IsLocal: true, Source: 80 or 443 } && table[1] == destination;
        uint sum = Add(source);
        for (int i = 0; i < table.Length; i++) sum += (uint)table[i];
        Seen++;
        Interlocked.Add(ref Counts.Lookup(0), sum);
        return known && Threshold > sum ? Chosen<Even>(sum) : sum switch { > 5 => XdpAction.Drop, _ => XdpAction.Pass };

        uint Add(uint number) => number + four[1];
    }

    static XdpAction Chosen<T>(uint number)
        where T : struct, IVerdict
    {
        return T.Decide(number);
    }
}
