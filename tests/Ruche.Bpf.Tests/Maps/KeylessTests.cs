// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Tests.Maps;

public sealed class KeylessTests : KernelTest
{
    [Fact]
    public void A_queue_gives_the_oldest_first()
    {
        using BpfMap map = TestMap.Create(MapType.Queue, 0, 4, 3);
        BpfQueue<int> queue = new(map);

        for (int i = 1; i <= 3; i++) queue.Enqueue(i);
        bool fourth = queue.TryEnqueue(4);
        var full = Assert.Throws<BpfException>(() => queue.Enqueue(4));
        queue.EnqueueOverwriting(5);
        queue.TryPeek(out int peeked);

        Assert.False(fourth);
        Assert.Equal(Errno.E2BIG, full.Errno);
        Assert.Equal(2, peeked);
        Assert.Equal([2, 3, 5], Enumerable.Range(0, 3).Select(_ => queue.TryDequeue(out int value) ? value : -1));
        Assert.False(queue.TryDequeue(out _) || queue.TryPeek(out _));
    }

    [Fact]
    public void A_stack_gives_the_newest_first()
    {
        using BpfMap map = TestMap.Create(MapType.Stack, 0, 4, 3);
        BpfStack<int> stack = new(map);

        for (int i = 1; i <= 3; i++) stack.Push(i);
        bool fourth = stack.TryPush(4);
        stack.TryPeek(out int peeked);

        Assert.Equal((false, 3), (fourth, peeked));
        Assert.Equal([3, 2, 1], Enumerable.Range(0, 3).Select(_ => stack.TryPop(out int value) ? value : -1));
        Assert.False(stack.TryPop(out _) || stack.TryPeek(out _));
    }

    [Fact]
    public void A_bloom_filter_never_misses_what_was_added()
    {
        Needs(KernelFeatures.BloomFilter);
        using BpfMap map = TestMap.Create(MapType.BloomFilter, 0, 8, 1000);
        BpfBloomFilter<ulong> filter = new(map);

        for (ulong i = 0; i < 500; i++) filter.Add(i);

        Assert.All(Enumerable.Range(0, 500), i => Assert.True(filter.MayContain((ulong)i)));
        Assert.InRange(Enumerable.Range(1000, 1000).Count(i => filter.MayContain((ulong)i)), 0, 300);
    }
}
