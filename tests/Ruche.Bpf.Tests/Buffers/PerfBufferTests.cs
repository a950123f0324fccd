// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Buffers;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Tests.Buffers;

public sealed class PerfBufferTests : KernelTest, IDisposable
{
    private static readonly PerfBufferOptions Small = new() { PagesPerCpu = 1 };
    private readonly BpfMap _events = TestMap.Create(MapType.PerfEventArray, 0, 0, 0);

    public void Dispose() => _events.Dispose();

    [Fact]
    public void There_is_a_place_and_a_buffer_for_every_cpu()
    {
        using PerfBufferReader reader = new(_events);

        Assert.Equal((uint)CpuList.PossibleCount, _events.MaxEntries);
        Assert.Equal(CpuList.Online(), reader.Cpus);
    }

    [Fact]
    public void Records_say_which_cpu_they_come_from()
    {
        using Producer producer = Producer.ForPerf(_events);
        using PerfBufferReader reader = new(_events);
        CountingHandler handler = default;

        foreach (int cpu in reader.Cpus) OneCpu.Run(cpu, () => producer.Produce(3));
        while (handler.Count < 3 * reader.Cpus.Count) reader.Poll(ref handler, Timeout.InfiniteTimeSpan);

        Assert.Equal(reader.Cpus.Sum(cpu => 1 << cpu), handler.SourceMask);
        Assert.Equal(0, reader.Lost);
    }

    [Fact]
    public void One_cpu_can_be_read_alone()
    {
        using Producer producer = Producer.ForPerf(_events);
        using PerfBufferReader reader = new(_events, Small with { Cpu = 0, Place = 0 });
        CountingHandler handler = default;

        OneCpu.Run(0, () => producer.Produce(3));
        reader.Consume(ref handler);

        Assert.Equal([0], reader.Cpus);
        Assert.Equal(3, handler.Count);
    }

    [Fact]
    public void A_cpu_that_is_not_online_is_refused_with_those_that_are()
    {
        var refused = Assert.Throws<BpfException>(() => new PerfBufferReader(_events, Small with { Cpu = 4095 }));

        Assert.Equal(Errno.ENODEV, refused.Errno);
        Assert.StartsWith("those online are 0", refused.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_belongs_to_a_cpu() => Assert.Throws<ArgumentException>(() => new PerfBufferReader(_events, Small with { Place = 0 }));

    [Theory]
    [InlineData(8)]
    [InlineData(40)]
    [InlineData(200)]
    public void Every_record_comes_once_in_order_across_the_end_of_the_ring(int recordBytes)
    {
        using Producer producer = Producer.ForPerf(_events, recordBytes);
        using PerfBufferReader reader = new(_events, Small);
        List<ulong> numbers = [];
        int wrong = 0;

        OneCpu.Run(0, () =>
        {
            for (int i = 0; i < 1000; i++)
            {
                producer.Produce(7);
                reader.Consume(record =>
                {
                    numbers.Add(MemoryMarshal.Read<ulong>(record));
                    if (record.Length < recordBytes || record[8..recordBytes].ContainsAnyExcept((byte)0)) wrong++; // padding is not cleared
                });
            }
        });

        Assert.Equal(Enumerable.Range(0, 7000).Select(n => (ulong)n), numbers);
        Assert.Equal(0, wrong);
        Assert.Equal(0, reader.Lost);
    }

    [Fact]
    public void What_did_not_fit_is_counted_exactly()
    {
        using Producer producer = Producer.ForPerf(_events);
        using PerfBufferReader reader = new(_events, Small);
        CountingHandler handler = default;

        OneCpu.Run(0, () => producer.Produce(1000));
        reader.Consume(ref handler);
        OneCpu.Run(0, () => producer.Produce());
        reader.Consume(ref handler);

        Assert.InRange(handler.Count, 100, 999);
        Assert.Equal(1001, handler.Count + reader.Lost);
        Assert.Equal(reader.Lost, reader.LostOn(0));
        Assert.Equal((ulong)reader.Lost, producer.Refused);
    }

    [Fact]
    public void Reading_allocates_nothing_for_a_record()
    {
        using Producer producer = Producer.ForPerf(_events);
        using PerfBufferReader reader = new(_events);
        CountingHandler handler = default;
        producer.Produce();
        reader.Poll(ref handler, TimeSpan.Zero);
        producer.Produce(500);

        long before = GC.GetAllocatedBytesForCurrentThread();
        int count = reader.Consume(ref handler);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(500, count);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task Records_arrive_asynchronously()
    {
        using Producer producer = Producer.ForPerf(_events);
        using PerfBufferReader reader = new(_events);

        Task producing = Task.Run(() => producer.Produce(10), TestContext.Current.CancellationToken);
        int count = 0;
        await foreach (ulong _ in reader.ReadAllAsync<ulong>(TestContext.Current.CancellationToken))
            if (++count == 10) break;

        await producing;
        Assert.Equal(0, reader.Lost);
    }

    [Fact]
    public void A_watermark_wakes_when_enough_has_come()
    {
        using Producer producer = Producer.ForPerf(_events, recordBytes: 40);
        using PerfBufferReader reader = new(_events, new PerfBufferOptions { PagesPerCpu = 1, WatermarkBytes = 1024 });
        CountingHandler handler = default;

        OneCpu.Run(0, () => producer.Produce(50));
        int count = reader.Poll(ref handler, Timeout.InfiniteTimeSpan);

        Assert.Equal(50, count);
    }

    [Fact]
    public void Pages_must_be_a_power_of_two() =>
        Assert.Throws<ArgumentException>(() => new PerfBufferReader(_events, new PerfBufferOptions { PagesPerCpu = 3 }));

    [Fact]
    public void Only_arrays_of_perf_events_are_taken()
    {
        using BpfMap array = TestMap.Create(MapType.Array, 4, 4, 1);

        Assert.Throws<ArgumentException>(() => new PerfBufferReader(array));
    }
}
