// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Buffers;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Tests.Buffers;

public sealed class RingBufferTests : KernelTest, IDisposable
{
    private readonly BpfMap _ring = TestMap.Create(MapType.RingBuf, 0, 0, 4096);

    public void Dispose() => _ring.Dispose();

    [Theory]
    [InlineData(8)]
    [InlineData(40)]
    [InlineData(200)]
    public void Every_record_comes_once_in_order_across_the_end_of_the_ring(int recordBytes)
    {
        using Producer producer = Producer.ForRing(_ring, recordBytes);
        using RingBufferReader reader = new(_ring);
        List<ulong> numbers = [];
        int rest = 0;

        for (int i = 0; i < 1000; i++)
        {
            producer.Produce(7);
            reader.Consume(record =>
            {
                numbers.Add(MemoryMarshal.Read<ulong>(record));
                if (record.Length != recordBytes || record[8..].ContainsAnyExcept((byte)0)) rest++;
            });
        }

        Assert.Equal(Enumerable.Range(0, 7000).Select(n => (ulong)n), numbers);
        Assert.Equal(0, rest);
        Assert.Equal(0UL, producer.Refused);
    }

    [Fact]
    public void A_full_ring_refuses_and_keeps_what_it_has()
    {
        using Producer producer = Producer.ForRing(_ring);
        using RingBufferReader reader = new(_ring);
        CountingHandler handler = default;

        producer.Produce(1000);
        RingBufferPosition full = reader.PositionOf();
        int count = reader.Consume(ref handler);

        Assert.Equal(4096 / 16 - 1, count);
        Assert.Equal((ulong)(1000 - count), producer.Refused);
        Assert.Equal(count * 16, full.Available);
        Assert.Equal(0, reader.PositionOf().Available);
    }

    [Fact]
    public void Discarded_records_are_not_seen()
    {
        using Producer producer = Producer.DiscardingOdd(_ring);
        using RingBufferReader reader = new(_ring);
        List<ulong> numbers = [];

        producer.Produce(11);
        int count = reader.Consume(record => numbers.Add(MemoryMarshal.Read<ulong>(record)));

        Assert.Equal([0, 2, 4, 6, 8, 10], numbers);
        Assert.Equal(6, count);
        Assert.Equal(0, reader.PositionOf().Available);
    }

    [Fact]
    public void Reading_allocates_nothing_for_a_record()
    {
        using Producer producer = Producer.ForRing(_ring);
        using RingBufferReader reader = new(_ring);
        CountingHandler handler = default;
        int seen = 0;
        RecordHandler byDelegate = _ => seen++;
        reader.Consume(ref handler);
        reader.Poll(byDelegate, TimeSpan.Zero);
        producer.Produce(200);

        long before = GC.GetAllocatedBytesForCurrentThread();
        reader.Consume(ref handler);
        long byStruct = GC.GetAllocatedBytesForCurrentThread() - before;
        producer.Produce(200);
        before = GC.GetAllocatedBytesForCurrentThread();
        reader.Poll(byDelegate, TimeSpan.Zero);
        long byDelegateBytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal((200, 200), (handler.Count, seen));
        Assert.Equal((0, 0), (byStruct, byDelegateBytes));
    }

    [Fact]
    public async Task Polling_waits_for_a_record()
    {
        using Producer producer = Producer.ForRing(_ring);
        using RingBufferReader reader = new(_ring);
        CountingHandler handler = default;

        Task<int> polling = Task.Run(() => reader.Poll(ref handler, Timeout.InfiniteTimeSpan), TestContext.Current.CancellationToken);
        producer.Produce();

        Assert.Equal(1, await polling);
    }

    [Fact]
    public void Polling_ends_when_the_time_is_up()
    {
        using RingBufferReader reader = new(_ring);

        Assert.Equal(0, reader.Poll(_ => { }, TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public void Polling_ends_when_woken()
    {
        using RingBufferReader reader = new(_ring);

        reader.Wake();
        int count = reader.Poll(_ => { }, Timeout.InfiniteTimeSpan);

        Assert.Equal(0, count);
    }

    [Fact]
    public void Records_without_wake_up_are_seen_when_the_time_is_up()
    {
        using Producer producer = Producer.ForRing(_ring, flags: Producer.NoWakeUp);
        using RingBufferReader reader = new(_ring);

        producer.Produce(3);
        int count = reader.Poll(_ => { }, TimeSpan.FromMilliseconds(1));

        Assert.Equal(3, count);
    }

    [Fact]
    public void Several_rings_are_read_by_one_reader()
    {
        using BpfMap second = TestMap.Create(MapType.RingBuf, 0, 0, 1 << 16);
        using Producer toFirst = Producer.ForRing(_ring), toSecond = Producer.ForRing(second);
        using RingBufferReader reader = new(_ring, second);
        CountingHandler handler = default;

        toFirst.Produce(3);
        toSecond.Produce(4);
        int count = reader.Poll(ref handler, Timeout.InfiniteTimeSpan);

        Assert.Equal((7, 0b11), (count, handler.SourceMask));
    }

    [Fact]
    public void A_handler_that_throws_has_had_its_record()
    {
        using Producer producer = Producer.ForRing(_ring);
        using RingBufferReader reader = new(_ring);
        List<ulong> numbers = [];
        producer.Produce(3);

        Assert.Throws<TimeoutException>(() => reader.Consume(_ => throw new TimeoutException()));
        reader.Consume(record => numbers.Add(MemoryMarshal.Read<ulong>(record)));

        Assert.Equal([1, 2], numbers);
    }

    [Fact]
    public void A_handler_may_dispose_the_reader()
    {
        using Producer producer = Producer.ForRing(_ring);
        RingBufferReader reader = new(_ring);
        int seen = 0;
        producer.Produce(3);

        reader.Consume(_ =>
        {
            seen++;
            reader.Dispose();
        });

        Assert.Equal(1, seen);
        Assert.Throws<ObjectDisposedException>(() => reader.Consume(_ => { }));
        Assert.Throws<ObjectDisposedException>(() => reader.PositionOf());
    }

    [Fact]
    public void A_handler_must_not_read_the_same_buffer()
    {
        using Producer producer = Producer.ForRing(_ring);
        using RingBufferReader reader = new(_ring);
        producer.Produce();

        Assert.Throws<InvalidOperationException>(() => reader.Consume(_ => reader.Consume(_ => { })));
    }

    [Fact]
    public async Task Disposing_ends_a_poll_on_another_thread()
    {
        RingBufferReader reader = new(_ring);

        Task<int> polling = Task.Run(() => PollUntilDisposed(reader), TestContext.Current.CancellationToken);
        reader.Dispose();

        Assert.Equal(0, await polling);
    }

    [Fact]
    public void The_map_may_go_before_the_reader()
    {
        using BpfMap ring = TestMap.Create(MapType.RingBuf, 0, 0, 4096);
        using Producer producer = Producer.ForRing(ring);
        using RingBufferReader reader = new(ring);

        ring.Dispose();
        producer.Produce(2);

        Assert.Equal(2, reader.Poll(_ => { }, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void Only_ring_buffers_are_taken()
    {
        using BpfMap hash = TestMap.Create(MapType.Hash, 4, 4, 1);

        Assert.Throws<ArgumentException>(() => new RingBufferReader(hash));
        Assert.Throws<ArgumentException>(() => new RingBufferReader());
    }

    private static int PollUntilDisposed(RingBufferReader reader)
    {
        try
        {
            return reader.Poll(_ => { }, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            return 0; // it was before the poll began
        }
    }
}
