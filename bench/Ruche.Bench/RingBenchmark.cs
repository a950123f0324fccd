// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Runtime.InteropServices;
using Ruche.Bpf.Buffers;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Programs;

namespace Ruche.Bench;

/// <summary>Fills a ring buffer by running a program on a packet, then times how fast it is emptied; the median of the rounds.</summary>
internal static class RingBenchmark
{
    // As many 40-byte records (32 and a header of 8) as safely fit into 16 MiB.
    private const int Records = 400_000;

    public static void Run(string path, int rounds)
    {
        using var loaded = BpfObject.LoadFile(path);
        using RingBufferReader reader = new(loaded.Map("events"));
        var produce = loaded.Program("produce");
        Summing handler = default;
        long[] rates = new long[rounds];
        for (int i = 0; i < rounds; i++)
        {
            produce.Run(new byte[64], options: new ProgramRunOptions { Repeat = Records });
            handler.Received = 0;
            long start = Stopwatch.GetTimestamp();
            reader.Consume(ref handler);
            rates[i] = handler.Received * 1_000_000_000L / Measure.Nanoseconds(Stopwatch.GetTimestamp() - start);
            if (handler.Received != Records) throw new InvalidOperationException($"{handler.Received} records of {Records}");
        }
        Measure.Print("ring_events", Measure.Median(rates));
        Console.Error.WriteLine(handler.Sum);
    }

    private struct Summing : IRecordHandler
    {
        public ulong Sum;
        public long Received;

        public void Handle(int source, ReadOnlySpan<byte> record)
        {
            Sum += MemoryMarshal.Read<ulong>(record);
            Received++;
        }
    }
}
