// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Tests.Maps;

/// <summary>Locks and timers in values: nobody outside of programs sees or changes them, and a lock can be held while a value is copied.</summary>
public sealed unsafe class ValueFieldTests
{
    private const int LockOffset = 8;
    private const int TimerOffset = 16;
    private const int ValueSize = 40;

    private static readonly UpdateMode[] Modes =
        [UpdateMode.Any, UpdateMode.Any, UpdateMode.Locked, UpdateMode.Add, UpdateMode.Replace, UpdateMode.Add | UpdateMode.Locked, UpdateMode.Replace | UpdateMode.Locked];

    [Theory]
    [InlineData(MapType.Hash, 4u)]
    [InlineData(MapType.Array, 3u)]
    public void Values_with_a_lock_and_a_timer_answer_as_the_kernels(MapType type, uint maxEntries)
    {
        KernelMaps.SkipWithoutKernel();
        var spec = SpecOf(type, maxEntries);
        using var loaded = BpfObject.Open(spec).Load();
        using TwinMaps twins = new(loaded.Map(spec.Maps[0].Name), MachineMap.Create(spec.Maps[0], 1, spec.Btf));
        Random random = new(8);
        byte[] value = new byte[ValueSize];

        for (int step = 0; step < 2000; step++)
        {
            byte[] key = BitConverter.GetBytes(random.Next(6));
            random.NextBytes(value);
            switch (random.Next(6))
            {
                case < 3: twins.Update(key, value, Modes[random.Next(Modes.Length)]); break;
                case 3: twins.Delete(key); break;
                case 4: twins.Take(key); break;
                default: twins.Lookup(key, locked: random.Next(2) == 0); break;
            }
        }
    }

    [Fact]
    public void Storage_of_a_task_answers_as_the_kernels()
    {
        KernelMaps.SkipWithoutKernel();
        var spec = SpecOf(MapType.TaskStorage, 0);
        using var loaded = BpfObject.Open(spec).Load();
        var kernel = loaded.Map(spec.Maps[0].Name);
        BpfTaskStorage<Value> tasks = new(kernel);
        using var machine = MachineMap.Create(spec.Maps[0], 1, spec.Btf);
        byte[] key = BitConverter.GetBytes(Environment.ProcessId), value = new byte[ValueSize], found = new byte[ValueSize];
        Random random = new(9);

        for (int step = 0; step < 300; step++)
        {
            random.NextBytes(value);
            var mode = Modes[random.Next(Modes.Length)];
            var written = MemoryMarshal.Read<Value>(value);
            if (random.Next(3) == 0) Assert.Equal(tasks.Remove(Environment.ProcessId), machine.TryDelete(key) is Errno.None);
            else Assert.Equal(KernelMaps.AnswerTo(() => Do(() => tasks.Update(Environment.ProcessId, written, mode))), machine.TryUpdate(key, value, mode));

            bool isThere = tasks.TryGetValue(Environment.ProcessId, out var kept);
            Assert.Equal(isThere ? Errno.None : Errno.ENOENT, machine.TryLookup(key, found));
            if (isThere) Assert.Equal(kept, MemoryMarshal.Read<Value>(found));
        }

        Assert.Equal(((IBpfMap)kernel).TryNextKey(default, new byte[4]), machine.TryNextKey(default, new byte[4]));
        Assert.Equal(((IBpfMap)kernel).TryLookupAndDelete(key, value), machine.TryLookupAndDelete(key, value));
    }

    [Theory]
    [InlineData(MapType.Hash)]
    [InlineData(MapType.Array)]
    public void A_lock_that_a_program_holds_is_waited_for_but_not_for_ever(MapType type)
    {
        var spec = SpecOf(type, 4);
        using var map = MachineMap.Create(spec.Maps[0], 1, spec.Btf);
        byte[] key = new byte[4];
        map.TryUpdate(key, new byte[ValueSize]);
        int* word = (int*)(map.Lookup(key, 0) + LockOffset);
        *word = 1;

        Assert.Equal(Errno.EBUSY, map.TryUpdate(key, new byte[ValueSize], UpdateMode.Locked));
        Assert.Equal(Errno.EBUSY, map.TryLookup(key, new byte[ValueSize], locked: true));
        *word = 0;
        Assert.Equal(Errno.None, map.TryUpdate(key, new byte[ValueSize], UpdateMode.Locked));
        Assert.Equal(0, *word);
    }

    [Fact]
    public void Storing_over_a_value_leaves_its_timer()
    {
        var spec = SpecOf(MapType.Array, 1);
        using var map = MachineMap.Create(spec.Maps[0], 1, spec.Btf);
        byte* value = (byte*)map.Lookup(new byte[4], 0);
        value[TimerOffset] = 77;
        byte[] ones = new byte[ValueSize], seen = new byte[ValueSize];
        Array.Fill(ones, (byte)1);

        map.Update(new byte[4], ones, 0, 0);
        map.TryLookup(new byte[4], seen);

        Assert.Equal((77, 1, 1), (value[TimerOffset], value[TimerOffset - 1], value[TimerOffset + 16]));
        Assert.Equal((0, 1), (seen[TimerOffset], seen[TimerOffset - 1]));
    }

    private static MemoryStream Do(Action action)
    {
        action();
        return new();
    }

    // struct value { u64 first; struct bpf_spin_lock lock; u32 second; struct bpf_timer timer; u64 last; }; without the timer for storages, which have none.
    private static ObjectSpec SpecOf(MapType type, uint maxEntries)
    {
        bool hasTimer = type is not MapType.TaskStorage;
        BtfBuilder types = new();
        int number = types.Add(new BtfType.Int(4, IntEncoding.None, 0, 32) { Name = "u32" });
        int wide = types.Add(new BtfType.Int(8, IntEncoding.None, 0, 64) { Name = "u64" });
        int spin = types.Add(new BtfType.Composite(false, 4, [new("val", number, 0, 0)]) { Name = "bpf_spin_lock" });
        int pair = types.Add(new BtfType.Array(wide, number, 2));
        int timer = types.Add(new BtfType.Composite(false, 16, [new("__opaque", pair, 0, 0)]) { Name = hasTimer ? "bpf_timer" : "other" });
        int value = types.Add(new BtfType.Composite(false, ValueSize,
        [
            new("first", wide, 0, 0),
            new("lock", spin, LockOffset * 8, 0),
            new("second", number, 12 * 8, 0),
            new("timer", timer, TimerOffset * 8, 0),
            new("last", wide, 32 * 8, 0),
        ])
        {
            Name = "value",
        });
        return new()
        {
            Name = "fields",
            ByteOrder = ByteOrder.Little,
            Btf = types.Build(),
            Maps = [KernelMaps.Spec(type, 4, ValueSize, maxEntries, type is MapType.TaskStorage ? MapFlags.NoPreallocation : MapFlags.None) with { KeyType = number, ValueType = value }],
        };
    }

    private record struct Value(long First, int Lock, int Second, long Third, long Fourth, long Last);
}
