// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Tests.Loading;

namespace Ruche.Bpf.Tests.Maps;

public sealed class ArenaTests : KernelTest
{
    [Fact]
    public void Programs_and_this_process_see_the_same_memory()
    {
        const string Source = """
            struct { __uint(type, 33); __uint(map_flags, BPF_F_MMAPABLE); __uint(max_entries, 4); } arena SEC(".maps");
            void *bpf_arena_alloc_pages(void *map, void *address, __u32 count, int node, __u64 flags) __ksym __weak;
            unsigned long stored;
            SEC("syscall") int allocates(void *ctx)
            {
                void *page = bpf_arena_alloc_pages(&arena, 0, 1, -1, 0);
                stored = (unsigned long)page;
                return page != 0;
            }
            """;
        TestObject.Read(Source);
        Needs(KernelFeatures.Arena);
        using var loaded = TestObject.Load(Source);
        var arena = loaded.Arena("arena");

        uint result = loaded.Program("allocates").Run().ReturnValue;
        long offset = arena.OffsetOf(loaded.Global<ulong>("stored").Value);
        arena.At<long>(offset) = 4711;

        Assert.Equal(1u, result);
        Assert.Equal(4 * Environment.SystemPageSize, arena.Length);
        Assert.Equal(4711, BitConverter.ToInt64(arena.Slice(offset, 8)));
        Assert.Throws<ArgumentOutOfRangeException>(() => arena.At<long>(arena.Length - 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => arena.OffsetOf(arena.Address + (ulong)arena.Length));
    }

    [Fact]
    public void An_arena_is_mapped_by_hand()
    {
        Needs(KernelFeatures.Arena);
        using BpfMap map = TestMap.Create(MapType.Arena, 0, 0, 2, MapFlags.MemoryMapped);

        using var arena = BpfArena.Map(map);
        arena.At<int>(8) = 5;

        Assert.Equal(5, arena.Slice(8, 1)[0]);
        Assert.Equal(2 * Environment.SystemPageSize, arena.Length);
    }

    [Fact]
    public void An_arena_lies_at_the_address_it_was_made_for()
    {
        const ulong Address = 1ul << 44;
        Needs(KernelFeatures.Arena);
        MapSpec spec = new() { Name = "placed", Type = MapType.Arena, MaxEntries = 3, Flags = MapFlags.MemoryMapped, Extra = Address };
        using BpfMap map = BpfMap.Create(spec);

        using var arena = BpfArena.Map(map);
        arena.At<int>() = 6;

        Assert.Equal(Address, arena.Address);
        Assert.Equal(6, arena.Slice(0, 1)[0]);
    }
}
