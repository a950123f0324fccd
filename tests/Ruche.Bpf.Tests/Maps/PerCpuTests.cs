// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Tests.Buffers;

namespace Ruche.Bpf.Tests.Maps;

public sealed class PerCpuTests : KernelTest
{
    private static readonly int Cpus = CpuList.PossibleCount;

    [Fact]
    public void An_entry_has_a_value_for_each_cpu()
    {
        using BpfMap map = TestMap.Create(MapType.PerCpuHash, 4, 12, 4);
        BpfPerCpuHashMap<uint, Twelve> hash = new(map);
        Twelve[] values = [.. Enumerable.Range(0, Cpus).Select(cpu => new Twelve(cpu, cpu * 2, cpu * 3))];

        hash.Update(7, values);

        Assert.Equal(values, hash[7]);
        Assert.Equal(16 * Cpus, map.ValueBufferSize);
        Assert.Throws<KeyNotFoundException>(() => hash[8]);
        Assert.True(hash.Remove(7));
        Assert.False(hash.TryGetValues(7, values));
    }

    [Fact]
    public void Too_few_values_are_the_callers_bug()
    {
        using BpfMap map = TestMap.Create(MapType.PerCpuArray, 4, 4, 4);
        BpfPerCpuArray<int> array = new(map);

        Assert.Throws<ArgumentOutOfRangeException>(() => array.Update(0, new int[Cpus + 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => array.Read(0, new int[Cpus - 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => array.Update(4, new int[Cpus]));
    }

    [Fact]
    public void Programs_write_the_value_of_their_cpu()
    {
        using BpfMap map = TestMap.Create(MapType.PerCpuArray, 4, 8, 2);
        using TestProgram program = Counter(map);
        BpfPerCpuArray<ulong> array = new(map);

        OneCpu.Run(0, () => program.Run(5));
        OneCpu.Run(Cpus - 1, () => program.Run(3));

        ulong[] expected = new ulong[Cpus];
        expected[0] += 5;
        expected[Cpus - 1] += 3;
        Assert.Equal(expected, array[1]);
        Assert.Equal(new ulong[Cpus], array[0]);
    }

    [Theory]
    [InlineData(MapType.PerCpuHash, 0)]
    [InlineData(MapType.LruPerCpuHash, 0)]
    [InlineData(MapType.PerCpuHash, 0b1111)]
    public void Entries_are_walked_with_all_their_values(MapType type, int refusedBatches)
    {
        using BpfMap map = TestMap.Create(type, 4, 4, 512);
        map.RefusedBatches = refusedBatches;
        BpfPerCpuHashMap<int, int> hash = new(map);
        for (int key = 0; key < 100; key++) hash.Update(key, [.. Enumerable.Range(0, Cpus).Select(cpu => key * 100 + cpu)]);

        Dictionary<int, int[]> seen = [];
        foreach (var (key, values) in hash) seen.Add(key, values.ToArray());

        Assert.Equal(100, seen.Count);
        Assert.All(seen, e => Assert.Equal(Enumerable.Range(0, Cpus).Select(cpu => e.Key * 100 + cpu), e.Value));
    }

    // value[1] of this CPU += 1
    private static TestProgram Counter(BpfMap map) => TestProgram.Load(ProgramType.SchedCls,
    [
        Insn.Store(MemoryWidth.Word, Register.R10, -4, 1),
        .. Insn.LoadMap(Register.R1, map.Fd.Value),
        Insn.Mov64(Register.R2, Register.R10),
        Insn.Alu64(AluOperation.Add, Register.R2, -4),
        Insn.Call(HelperId.MapLookupElem),
        Insn.Jump(JumpOperation.Equal, Register.R0, 0, 2),
        Insn.Mov64(Register.R1, 1),
        Insn.Atomic(AtomicOperation.Add, MemoryWidth.Double, Register.R0, 0, Register.R1),
        Insn.Mov64(Register.R0, 0),
        Insn.Exit(),
    ]);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Twelve(int A, int B, int C);
}
