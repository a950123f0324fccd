// SPDX-License-Identifier: MIT
using Ruche.Bpf.Buffers;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Tests.Buffers;

public sealed class AsyncReadingTests : KernelTest, IDisposable
{
    private readonly BpfMap _ring = TestMap.Create(MapType.RingBuf, 0, 0, 1 << 19);
    private readonly CancellationToken _end = TestContext.Current.CancellationToken;

    public void Dispose() => _ring.Dispose();

    [Fact]
    public async Task Typed_records_arrive_in_order_while_they_are_made()
    {
        const int Total = 20_000;
        using Producer producer = Producer.ForRing(_ring);
        using RingBufferReader reader = new(_ring);

        Task producing = Task.Run(
            () =>
            {
                for (int i = 0; i < Total / 100; i++) producer.Produce(100);
            },
            _end);
        ulong next = 0, wrong = 0;
        await foreach (ulong number in reader.ReadAllAsync<ulong>(_end))
        {
            if (number != next++) wrong++;
            if (next == Total) break;
        }

        await producing;
        Assert.Equal(0UL, wrong);
        Assert.Equal(0UL, producer.Refused);
    }

    [Fact]
    public async Task Breaking_off_leaves_the_rest_in_the_ring()
    {
        using Producer producer = Producer.ForRing(_ring);
        using RingBufferReader reader = new(_ring);
        producer.Produce(5);

        await foreach (ulong number in reader.ReadAllAsync<ulong>(_end))
            if (number == 1) break;
        List<ulong> rest = [];
        reader.Consume(record => rest.Add(record[0]));

        Assert.Equal([2, 3, 4], rest);
    }

    [Fact]
    public async Task Copies_of_records_are_given_as_bytes()
    {
        using Producer producer = Producer.ForRing(_ring, recordBytes: 16);
        using RingBufferReader reader = new(_ring);
        producer.Produce(2);

        List<byte[]> records = [];
        await foreach (byte[] record in reader.ReadAllAsync(_end))
        {
            records.Add(record);
            if (records.Count == 2) break;
        }

        Assert.Equal([16, 16], records.Select(r => r.Length));
        Assert.Equal(1, records[1][0]);
    }

    [Fact]
    public async Task Cancelling_ends_a_wait_and_the_reader_can_be_used_again()
    {
        using Producer producer = Producer.ForRing(_ring);
        using RingBufferReader reader = new(_ring);
        using CancellationTokenSource source = new();

        Task<int> reading = Count(reader, source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        producer.Produce();
        int polled = reader.Poll(_ => { }, Timeout.InfiniteTimeSpan);

        Assert.Equal(1, polled);
    }

    [Fact]
    public async Task Disposing_ends_an_enumeration()
    {
        using Producer producer = Producer.ForRing(_ring);
        RingBufferReader reader = new(_ring);
        producer.Produce(3);

        Task<int> reading = Count(reader, _end);
        reader.Dispose();

        Assert.Equal(3, await reading);
    }

    [Fact]
    public async Task A_record_smaller_than_its_type_is_an_error()
    {
        using Producer producer = Producer.ForRing(_ring);
        using RingBufferReader reader = new(_ring);
        producer.Produce();

        var error = await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (Guid _ in reader.ReadAllAsync<Guid>(_end)) break;
        });

        Assert.Contains("8 bytes, but Guid has 16", error.Message, StringComparison.Ordinal);
    }

    // Runs synchronously up to the first wait.
    private static async Task<int> Count(RingBufferReader reader, CancellationToken cancellationToken)
    {
        int count = 0;
        await foreach (byte[] _ in reader.ReadAllAsync(cancellationToken)) count++;
        return count;
    }
}
