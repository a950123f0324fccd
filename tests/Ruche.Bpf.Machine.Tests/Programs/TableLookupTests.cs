// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine.Faults;
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Tests.Programs;

/// <summary>Lookups in hash tables and per-CPU arrays, which machine code does by itself: the same as by the helper.</summary>
public sealed class TableLookupTests
{
    private const uint NotFound = 777;
    private const int CpuCount = 3;

    private static readonly ObjectSpec Spec = Compiler.Read("tables");

    public static MatrixTheoryData<string, MachineEngine, bool> Tables => new(
        ["hash4", "hash7", "hash8", "hash12", "hash16", "hash20", "hash24", "hash64", "lru8", "percpu12", "percpu_lru16", "percpu_array4"],
        Enum.GetValues<MachineEngine>(),
        [false, true]);

    [Theory]
    [MemberData(nameof(Tables))]
    public void Each_key_finds_its_own_value(string name, MachineEngine engine, bool isTrusted)
    {
        using var machine = BpfMachine.Load(Spec, new() { Engine = engine, IsTrusted = isTrusted, CpuCount = CpuCount });
        var map = machine.Map(name);
        machine.Environment.Cpu = 2;
        byte[][] keys = Keys(map.KeySize, 300);
        for (int i = 0; i < 200; i++) Assert.Equal(Errno.None, map.TryUpdate(keys[i], Values(map, i)));

        for (int i = 0; i < 200; i++) Assert.Equal((uint)i + 1, LookUp(machine, name, keys[i]));
        for (int i = 200; i < 300; i++) Assert.Equal(map.Type is MapType.PerCpuArray ? 1u : NotFound, LookUp(machine, name, keys[i]));
        Assert.Equal(102u, LookUp(machine, name, keys[100]));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_cpu_that_the_map_does_not_have_finds_nothing(string name, MachineEngine engine, bool isTrusted)
    {
        using var machine = BpfMachine.Load(Spec, new() { Engine = engine, IsTrusted = isTrusted, CpuCount = CpuCount });
        var map = machine.Map(name);
        byte[] key = Keys(map.KeySize, 1)[0];
        Assert.Equal(Errno.None, map.TryUpdate(key, Values(map, 0)));
        machine.Environment.Cpu = CpuCount;

        Assert.Equal(name.StartsWith("percpu", StringComparison.Ordinal) ? NotFound : 1u, LookUp(machine, name, key));
    }

    [Theory]
    [InlineData(MachineEngine.Interpreter)]
    [InlineData(MachineEngine.Automatic)]
    public void What_a_program_has_looked_up_stays_in_an_lru_map(MachineEngine engine)
    {
        using var machine = BpfMachine.Load(Spec, new() { Engine = engine });
        var map = machine.Map("lru8");
        byte[][] keys = Keys(8, 1025);
        for (int i = 0; i < 1024; i++) Assert.Equal(Errno.None, map.TryUpdate(keys[i], new byte[8]));

        Assert.Equal(1u, LookUp(machine, "lru8", keys[0]));
        Assert.Equal(Errno.None, map.TryUpdate(keys[1024], new byte[8]));

        Assert.Equal(2u, LookUp(machine, "lru8", keys[0]));
        Assert.Equal(NotFound, LookUp(machine, "lru8", keys[1]));
    }

    [Theory]
    [InlineData("hash4", false)]
    [InlineData("hash4", true)]
    [InlineData("hash8", false)]
    [InlineData("hash8", true)]
    [InlineData("hash12", false)]
    [InlineData("hash12", true)]
    public void What_stays_is_found_while_others_change_the_table(string name, bool isTrusted)
    {
        using var machine = BpfMachine.Load(Spec, new() { IsTrusted = isTrusted });
        var map = machine.Map(name);
        byte[] Key(uint number) => Words(Apart(number), 2, 3)[..map.KeySize];
        for (uint i = 0; i < 256; i++) Assert.Equal(Errno.None, map.TryUpdate(Key(i), new byte[map.ValueSize]));
        List<MachineFault?> faults = [];
        using ManualResetEventSlim hasBegun = new();
        bool isOver = false;
        Thread writer = new(() =>
        {
            for (uint i = 0; !Volatile.Read(ref isOver); i++)
            {
                byte[] key = Key(256 + (i % 700));
                if (i % 3 == 0) map.TryDelete(key);
                else map.TryUpdate(key, new byte[map.ValueSize]);
                if (i == 700) hasBegun.Set();
            }
        });

        writer.Start();
        hasBegun.Wait(TestContext.Current.CancellationToken);
        for (int run = 0; run < 30; run++) faults.Add(machine.Program($"watch_{name}").Run(new byte[14]).Fault);
        Volatile.Write(ref isOver, true);
        writer.Join();

        Assert.All(faults, Assert.Null);
        Assert.Equal(0UL, machine.Global<ulong>("unfound").Value);
    }

    [Theory]
    [InlineData(MachineEngine.Interpreter, false)]
    [InlineData(MachineEngine.Automatic, false)]
    [InlineData(MachineEngine.Automatic, true)]
    public void A_loop_goes_on_where_nothing_is_found(MachineEngine engine, bool isTrusted)
    {
        using var machine = BpfMachine.Load(Spec, new() { Engine = engine, IsTrusted = isTrusted });
        var map = machine.Map("hash4");
        for (uint i = 1; i < 800; i += 3) Assert.Equal(Errno.None, map.TryUpdate(Words(Apart(i)), BitConverter.GetBytes((ulong)i)));

        uint sum = machine.Program("sum").Run(new byte[14]).ReturnValue;

        Assert.Equal((uint)Enumerable.Range(0, 600).Where(i => i % 3 == 1).Sum(), sum);
    }

    [Theory]
    [InlineData(MachineEngine.Interpreter, false)]
    [InlineData(MachineEngine.Interpreter, true)]
    [InlineData(MachineEngine.Automatic, false)]
    [InlineData(MachineEngine.Automatic, true)]
    public void What_was_passed_to_a_lookup_is_still_there_for_programs_that_nobody_verified(MachineEngine engine, bool isThere)
    {
        using var machine = BpfMachine.Load(Spec, new() { Engine = engine });
        if (isThere) Assert.Equal(Errno.None, machine.Map("hash4").TryUpdate(Words(5), new byte[8]));

        Assert.Equal(0u, machine.Program("arguments_afterwards").Run(new byte[14]).ReturnValue);
    }

    private static uint LookUp(BpfMachine machine, string name, byte[] key)
    {
        Given given = default;
        key.CopyTo(given);
        machine.Global<Given>("given").Value = given;
        return machine.Program($"in_{name}").Run(new byte[14]).ReturnValue;
    }

    // Alike but for a few bits, at the beginning and at the end.
    private static byte[][] Keys(int size, int count)
    {
        byte[][] keys = new byte[count][];
        for (int i = 0; i < count; i++)
        {
            keys[i] = new byte[size];
            MemoryMarshal.Write(keys[i], (ushort)i);
            if (size > 4) keys[i][^1] = (byte)(i * 7);
        }

        return keys;
    }

    // Of per-CPU maps the last CPU's is the number.
    private static byte[] Values(MachineMap map, int number)
    {
        byte[] values = new byte[map.ValueBufferSize];
        values[map.ValueBufferSize > map.ValueSize ? map.ValueBufferSize / CpuCount * (CpuCount - 1) : 0] = (byte)number;
        return values;
    }

    // As the programs make keys of numbers: some share a bucket.
    private static uint Apart(uint number) => number * number * number;

    private static byte[] Words(params ReadOnlySpan<uint> words) => MemoryMarshal.AsBytes(words).ToArray();

    [InlineArray(64)]
    private struct Given
    {
        private byte _first;
    }
}
