// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Tests.Maps;

/// <summary>Ring buffers either way, and perf events: records with the kernel's sizes and limits.</summary>
public sealed unsafe class RingTests
{
    private const int Size = 4096;
    private const int Header = 8;

    [Fact]
    public void Records_are_read_in_the_order_of_their_reservation()
    {
        using var ring = Ring();
        nint first = ring.Reserve(4, 0), second = ring.Reserve(4, 0), third = ring.Reserve(4, 0);
        (*(int*)first, *(int*)second, *(int*)third) = (1, 2, 3);

        Assert.True(ring.Submit(third) && ring.Discard(second));
        Assert.False(ring.TryRead(out byte[]? _));
        Assert.True(ring.Submit(first));
        Assert.Equal([[1, 0, 0, 0], [3, 0, 0, 0]], ring.ReadAll());
    }

    [Fact]
    public void A_ring_is_full_when_the_next_record_would_take_its_last_byte()
    {
        using var ring = Ring();

        Assert.Equal(0, ring.Reserve(Size - Header, 0));
        Assert.NotEqual(0, ring.Reserve(Size - Header - 8, 0));
        Assert.Equal(0, ring.Reserve(0, 0));
        Assert.Equal(Errno.EAGAIN, ring.Output([1], 0));
    }

    [Theory]
    [InlineData(1ul)]
    [InlineData(ulong.MaxValue)]
    public void Reserving_takes_no_flags(ulong flags)
    {
        using var ring = Ring();

        Assert.Equal(0, ring.Reserve(8, flags));
        Assert.Equal(Errno.EINVAL, ring.Output([1], 4));
        Assert.Equal(Errno.None, ring.Output([1], 3));
    }

    [Fact]
    public void Only_a_reserved_record_is_within_reach_and_can_be_submitted()
    {
        using var ring = Ring();
        nint record = ring.Reserve(12, 0);

        Assert.True(ring.TryFindRegion((ulong)record + 4, 8, out var region));
        Assert.Equal(((ulong)record, 12ul, MemoryRights.ReadWrite), (region.Start, region.Length, region.Rights));
        Assert.False(ring.TryFindRegion((ulong)record - Header, 4, out _));
        Assert.False(ring.TryFindRegion((ulong)record + 12, 1, out _));
        Assert.False(ring.Submit(record + 1));
        Assert.True(ring.Submit(record));
        Assert.False(ring.Submit(record) || ring.TryFindRegion((ulong)record, 1, out _));
    }

    [Fact]
    public void A_million_bytes_go_through_a_small_ring_unharmed()
    {
        using var ring = Ring();
        Random random = new(2);
        Queue<byte[]> written = [];
        int read = 0;

        for (int step = 0; step < 20_000; step++)
        {
            byte[] record = new byte[random.Next(1, 500)];
            random.NextBytes(record);
            if (ring.Output(record, 0) is Errno.None) written.Enqueue(record);
            else while (ring.TryRead(out byte[]? found)) Assert.Equal(written.Dequeue(), (read += found.Length) > 0 ? found : []);
        }

        Assert.InRange(read, 1_000_000, int.MaxValue);
        Assert.Equal((ulong)written.Sum(r => (r.Length + Header + 7) & ~7), ring.Query(0));
        Assert.Equal((ulong)Size, ring.Query(1));
        Assert.Equal(ring.Query(0), ring.Query(3) - ring.Query(2));
    }

    [Fact]
    public void Records_are_read_as_structures()
    {
        using var ring = Ring();
        ring.Output(BitConverter.GetBytes(77L), 0);
        ring.Output([1], 0);

        Assert.True(ring.TryRead(out long record));
        Assert.Equal(77, record);
        Assert.Throws<ArgumentException>(() => ring.TryRead(out long _));
    }

    [Fact]
    public void Programs_drain_what_users_write()
    {
        using var ring = (MachineUserRingBuffer)MachineMap.Create(KernelMaps.Spec(MapType.UserRingBuf, 0, 0, Size));
        ring.TryWrite([1, 2, 3]);
        ring.TryWrite([4]);

        Assert.True(ring.TryBeginDrain());
        Assert.False(ring.TryBeginDrain());
        Assert.True(ring.TryTake(out var first));
        Assert.Equal([1, 2, 3], new Span<byte>((void*)first.Start, (int)first.Length).ToArray());
        Assert.True(ring.TryFindRegion(first.Start, 3, out _));
        ring.Release();
        Assert.False(ring.TryFindRegion(first.Start, 3, out _));
        Assert.True(ring.TryTake(out var second));
        Assert.Equal(1ul, second.Length);
        ring.Release();
        Assert.False(ring.TryTake(out _));
        ring.EndDrain();
        Assert.True(ring.TryBeginDrain());
    }

    [Fact]
    public void A_user_ring_has_room_again_when_it_is_drained()
    {
        using var ring = (MachineUserRingBuffer)MachineMap.Create(KernelMaps.Spec(MapType.UserRingBuf, 0, 0, Size));

        Assert.True(ring.TryWrite(new byte[3000]));
        Assert.False(ring.TryWrite(new byte[3000]));
        ring.TryTake(out _);
        ring.Release();
        Assert.True(ring.TryWrite(new byte[3000]));
    }

    [Fact]
    public void Perf_events_are_recorded_by_CPU()
    {
        using var array = (MachinePerfEventArray)MachineMap.Create(KernelMaps.Spec(MapType.PerfEventArray, 4, 4, 4), cpuCount: 2);

        Assert.Equal((Errno.None, Errno.None), (array.Output(1, [1]), array.Output(0, [2])));
        Assert.Equal((Errno.ENOENT, Errno.E2BIG), (array.Output(2, [3]), array.Output(4, [3])));
        Assert.Equal(["1:1", "0:2"], array.ReadAll().Select(r => $"{r.Cpu}:{r.Data[0]}"));
        Assert.Empty(array.ReadAll());
    }

    private static MachineRingBuffer Ring() => (MachineRingBuffer)MachineMap.Create(KernelMaps.Spec(MapType.RingBuf, 0, 0, Size));
}
