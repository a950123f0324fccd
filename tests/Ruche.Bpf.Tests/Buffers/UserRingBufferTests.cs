// SPDX-License-Identifier: MIT
using Ruche.Bpf.Buffers;
using Ruche.Bpf.Features;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Tests.Loading;

namespace Ruche.Bpf.Tests.Buffers;

public sealed class UserRingBufferTests : KernelTest
{
    private const string Source = """
        struct { __uint(type, BPF_MAP_TYPE_USER_RINGBUF); __uint(max_entries, 4096); } ring SEC(".maps");
        long count, sum, last;
        static long take(struct bpf_dynptr *record, void *context)
        {
            __u64 number = 0;
            if (bpf_dynptr_read(&number, sizeof(number), record, 0, 0))
                return 1;
            count++;
            sum += number;
            last = number;
            return 0;
        }
        SEC("syscall") int drains(void *ctx) { return bpf_user_ringbuf_drain(&ring, take, 0, 0); }
        """;

    [Fact]
    public void Programs_take_what_is_written()
    {
        using var consumer = Load();
        using BpfUserRingBuffer ring = new(consumer.Map("ring"));

        for (long i = 1; i <= 10; i++) Assert.True(ring.TryWrite(in i));
        uint taken = consumer.Program("drains").Run().ReturnValue;

        Assert.Equal(10u, taken);
        Assert.Equal((10L, 55L, 10L), (Global(consumer, "count"), Global(consumer, "sum"), Global(consumer, "last")));
        Assert.Equal(0, ring.Position.Available);
    }

    [Fact]
    public void Records_are_written_in_place_and_discarded()
    {
        using var consumer = Load();
        using BpfUserRingBuffer ring = new(consumer.Map("ring"));

        Assert.True(ring.TryReserve(sizeof(long), out var first));
        Assert.True(ring.TryReserve(sizeof(long), out var second));
        BitConverter.TryWriteBytes(second.Data, 22L);
        second.Commit();
        uint whileBusy = consumer.Program("drains").Run().ReturnValue;
        first.Discard();
        uint afterwards = consumer.Program("drains").Run().ReturnValue;

        Assert.Equal(0u, whileBusy);
        Assert.True(afterwards is 1 or 2);
        Assert.Equal((1L, 22L), (Global(consumer, "count"), Global(consumer, "sum")));
    }

    [Fact]
    public void A_full_ring_waits_for_programs()
    {
        using var consumer = Load();
        using BpfUserRingBuffer ring = new(consumer.Map("ring"));
        long written = 0;

        while (ring.TryWrite(in written)) written++;
        bool room = ring.WaitForRoom(TimeSpan.Zero);
        consumer.Program("drains").Run();

        Assert.False(room);
        Assert.True(ring.WaitForRoom(TimeSpan.FromSeconds(5)));
        Assert.True(ring.TryWrite(in written));
        Assert.Equal(written, Global(consumer, "count"));
        Assert.Equal(4096 / 16, written);
    }

    [Fact]
    public void The_ring_wraps_without_a_seam()
    {
        using var consumer = Load();
        using BpfUserRingBuffer ring = new(consumer.Map("ring"));
        byte[] record = new byte[1000];

        for (byte i = 1; i <= 50; i++)
        {
            record[0] = i;
            Assert.True(ring.TryWrite(record));
            consumer.Program("drains").Run();
        }

        Assert.Equal((50L, 50L * 51 / 2), (Global(consumer, "count"), Global(consumer, "sum")));
    }

    [Fact]
    public void A_record_larger_than_the_ring_is_refused()
    {
        using var consumer = Load();
        using BpfUserRingBuffer ring = new(consumer.Map("ring"));

        Assert.Throws<ArgumentOutOfRangeException>(() => ring.TryReserve(4096, out _));
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        using var consumer = Load();
        using BpfUserRingBuffer ring = new(consumer.Map("ring"));
        long number = 1;
        ring.TryWrite(in number);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) ring.TryWrite(in number);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static BpfObject Load()
    {
        TestObject.Read(Source);
        Needs(KernelFeatures.UserRingBuffer);
        return TestObject.Load(Source);
    }

    private static long Global(BpfObject consumer, string name) => consumer.Global<long>(name).Value;
}
