// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Tests.Maps;

public sealed class ArrayTests : KernelTest
{
    [Fact]
    public void Values_start_as_zero_and_keep_what_is_stored()
    {
        using BpfMap map = TestMap.Create(MapType.Array, 4, 16, 3);
        BpfArray<Guid> array = new(map);
        Guid stored = Guid.NewGuid();

        array[2] = stored;

        Assert.Equal([Guid.Empty, Guid.Empty, stored], array);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void An_index_outside_is_the_callers_bug(int index)
    {
        using BpfMap map = TestMap.Create(MapType.Array, 4, 4, 3);
        BpfArray<int> array = new(map);

        Assert.Throws<ArgumentOutOfRangeException>(() => array[index]);
        Assert.Throws<ArgumentOutOfRangeException>(() => array[index] = 1);
    }

    [Fact]
    public void Mapped_values_are_the_maps_values()
    {
        using BpfMap map = TestMap.Create(MapType.Array, 4, 4, 3, MapFlags.MemoryMapped);
        BpfArray<int> array = new(map);
        using MappedValues values = map.MapValues();

        values.EditValue<int>(1) = 11;
        array[2] = 22;
        values.Edit(0)[0] = 7;

        Assert.Equal([7, 11, 22], array);
        Assert.Equal(22, values.Value<int>(2));
        Assert.Equal([11, 0, 0, 0], values[1].ToArray());
        Assert.Equal((8, 3), (values.Stride, values.Count));
    }

    [Fact]
    public void A_frozen_map_is_read_only_for_user_space()
    {
        using BpfMap map = TestMap.Create(MapType.Array, 4, 4, 1, MapFlags.MemoryMapped);
        BpfArray<int> array = new(map) { [0] = 5 };

        map.Freeze();

        Assert.True(map.IsFrozen);
        Assert.Equal(5, array[0]);
        var update = Assert.Throws<BpfException>(() => array[0] = 6);
        Assert.Equal(Errno.EPERM, update.Errno);
        Assert.Contains("frozen", update.Hint, StringComparison.Ordinal);
        Assert.Equal(Errno.EPERM, Assert.Throws<BpfException>(() => map.MapValues()).Errno);
        using MappedValues values = map.MapValues(writable: false);
        Assert.Equal(5, values.Value<int>());
        Assert.Throws<InvalidOperationException>(() => values.EditValue<int>() = 6);
    }

    [Fact]
    public void A_map_that_is_mapped_writable_cannot_be_frozen()
    {
        using BpfMap map = TestMap.Create(MapType.Array, 4, 4, 1, MapFlags.MemoryMapped);
        using MappedValues values = map.MapValues();

        var error = Assert.Throws<BpfException>(map.Freeze);

        Assert.Equal("freeze map 'test_Array': EBUSY; the map is mapped writable somewhere; unmap it first", error.Message);
        Assert.False(map.IsFrozen);
    }

    [Fact]
    public void Mapping_takes_a_map_that_was_made_for_it()
    {
        using BpfMap plain = TestMap.Create(MapType.Array, 4, 4, 1), hash = TestMap.Create(MapType.Hash, 4, 4, 1);

        Assert.Throws<InvalidOperationException>(() => plain.MapValues());
        Assert.Throws<InvalidOperationException>(() => hash.MapValues());
    }

    [Fact]
    public void Mapped_values_are_guarded_by_size_index_and_life()
    {
        using BpfMap map = TestMap.Create(MapType.Array, 4, 4, 2, MapFlags.MemoryMapped);
        MappedValues values = map.MapValues();

        Assert.Throws<ArgumentException>(() => values.Value<long>());
        Assert.Throws<ArgumentOutOfRangeException>(() => values.Value<int>(2));
        values.Dispose();
        Assert.Throws<ObjectDisposedException>(() => values.Value<int>());
    }

    [Fact]
    public void Values_stay_mapped_when_the_map_is_disposed()
    {
        BpfMap map = TestMap.Create(MapType.Array, 4, 4, 1, MapFlags.MemoryMapped);
        using MappedValues values = map.MapValues();

        map.Dispose();
        values.EditValue<int>() = 3;

        Assert.Equal(3, values.Value<int>());
    }
}
