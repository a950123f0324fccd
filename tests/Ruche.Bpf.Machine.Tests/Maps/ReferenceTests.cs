// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Tests.Maps;

/// <summary>Maps that hold maps or programs answer as the kernel's, which are given descriptors where these are given numbers.</summary>
public sealed class ReferenceTests
{
    private static readonly UpdateMode[] Modes = [UpdateMode.Any, UpdateMode.Add, UpdateMode.Replace, UpdateMode.Add | UpdateMode.Replace];

    public static MatrixTheoryData<MapType, MapType> Kinds =>
        new([MapType.ArrayOfMaps, MapType.HashOfMaps], [MapType.Array, MapType.Hash, MapType.LpmTrie, MapType.Queue, MapType.RingBuf]);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Maps_of_maps_take_those_that_look_alike(MapType type, MapType innerType)
    {
        KernelMaps.SkipWithoutKernel();
        var inner = Inner(innerType);
        var spec = KernelMaps.Spec(type, 4, 4, 2) with { Inner = inner };
        using var outer = BpfMap.Create(spec);
        using var machine = MachineMap.Create(spec);
        MapSpec[] others = [inner, inner with { MaxEntries = inner.MaxEntries * 2 }, Inner(innerType is MapType.Array ? MapType.Hash : MapType.Array)];
        var kernelMaps = others.Select(other => BpfMap.Create(other)).ToArray();
        var machineMaps = others.Select(other => MachineMap.Create(other)).ToArray();
        Random random = new(3);

        for (int step = 0; step < 400; step++)
        {
            byte[] key = BitConverter.GetBytes(random.Next(4));
            int choice = random.Next(others.Length + 1);
            var mode = Modes[random.Next(Modes.Length)];
            byte[] descriptor = BitConverter.GetBytes(choice < others.Length ? (int)kernelMaps[choice].Fd.DangerousGetHandle() : 999_999);
            byte[] number = BitConverter.GetBytes(choice < others.Length ? machineMaps[choice].Id : 999_999);
            (Errno Kernel, Errno Machine) answers = random.Next(3) switch
            {
                0 => (((IBpfMap)outer).TryDelete(key), machine.TryDelete(key)),
                1 => (((IBpfMap)outer).TryLookup(key, descriptor), machine.TryLookup(key, number)),
                _ => (((IBpfMap)outer).TryUpdate(key, descriptor, mode), machine.TryUpdate(key, number, mode)),
            };
            Assert.Equal(answers.Kernel, answers.Machine);
        }

        foreach (var map in kernelMaps) map.Dispose();
        foreach (var map in machineMaps) map.Dispose();
    }

    [Fact]
    public void A_map_of_maps_keeps_what_it_holds_and_answers_with_its_number()
    {
        using var outer = MachineMap.Create(KernelMaps.Spec(MapType.HashOfMaps, 4, 4, 2) with { Inner = Inner(MapType.Hash) });
        uint id = Fill(outer);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        byte[] found = new byte[4];

        var errno = outer.TryLookup(new byte[4], found);

        Assert.Equal((Errno.None, id), (errno, BitConverter.ToUInt32(found)));
        Assert.Equal(Errno.None, ((MachineMap)outer.Target(new byte[4])!).TryLookup(new byte[4], new byte[8]));
    }

    [Fact]
    public void A_program_array_holds_programs_and_no_maps()
    {
        using var array = MachineMap.Create(KernelMaps.Spec(MapType.ProgArray, 4, 4, 2));
        object program = new();

        var put = array.Put(new byte[4], program, 0);
        var refused = array.Put(new byte[4], array, 0);

        Assert.Equal((Errno.None, Errno.EINVAL), (put, refused));
        Assert.Same(program, array.Target(new byte[4]));
        Assert.Null(array.Target(BitConverter.GetBytes(2)));
        Assert.Equal((Errno.None, Errno.ENOENT), (array.TryDelete(new byte[4]), array.TryDelete(new byte[4])));
    }

    [Theory]
    [InlineData(MapType.ProgArray)]
    [InlineData(MapType.CgroupArray)]
    [InlineData(MapType.PerfEventArray)]
    public void Arrays_of_descriptors_that_hold_nothing_answer_as_the_kernels(MapType type)
    {
        using TwinMaps twins = new(KernelMaps.Spec(type, 4, 4, 2));
        foreach (int index in (int[])[1, 5])
        {
            byte[] key = BitConverter.GetBytes(index);
            twins.Lookup(key);
            twins.Take(key);
            twins.Next(key);
            foreach (var mode in Modes[1..]) twins.Update(key, new byte[4], mode);
        }

        twins.Update(BitConverter.GetBytes(5), new byte[4], UpdateMode.Any);
        twins.Delete(BitConverter.GetBytes(5));
    }

    private static MapSpec Inner(MapType type) => type switch
    {
        MapType.LpmTrie => KernelMaps.Spec(type, 8, 8, 4, MapFlags.NoPreallocation),
        MapType.Queue => KernelMaps.Spec(type, 0, 8, 4),
        MapType.RingBuf => KernelMaps.Spec(type, 0, 0, 4096),
        _ => KernelMaps.Spec(type, 4, 8, 4),
    };

    private static uint Fill(MachineMap outer)
    {
        var inner = MachineMap.Create(Inner(MapType.Hash));
        inner.TryUpdate(new byte[4], new byte[8]);
        Assert.Equal(Errno.None, outer.TryUpdate(new byte[4], BitConverter.GetBytes(inner.Id)));
        return inner.Id;
    }
}
