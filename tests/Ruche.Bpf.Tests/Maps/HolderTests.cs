// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Tests.Maps;

/// <summary>Maps that hold maps, programs or events.</summary>
public sealed class HolderTests : KernelTest
{
    private static readonly MapSpec Inner = TestMap.Spec(MapType.Hash, 4, 8, 4);

    [Theory]
    [InlineData(MapType.ArrayOfMaps)]
    [InlineData(MapType.HashOfMaps)]
    public void Maps_are_put_into_maps_and_opened_again(MapType type)
    {
        using BpfMap outer = BpfMap.Create(TestMap.Spec(type, 4, 4, 2) with { Inner = Inner });
        BpfMapOfMaps<uint> maps = new(outer);
        uint id;
        using (BpfMap inner = BpfMap.Create(Inner))
        {
            new BpfHashMap<uint, ulong>(inner)[1] = 99;
            maps.Update(1, inner);
            id = inner.Id;
        }

        using BpfMap? opened = maps.Open(1);

        Assert.NotNull(opened);
        Assert.Equal(id, opened.Id);
        Assert.Equal(99UL, new BpfHashMap<uint, ulong>(opened)[1]);
        Assert.Null(maps.Open(0));
        Assert.True(maps.Remove(1));
        Assert.False(maps.TryGetId(1, out _));
    }

    [Fact]
    public void A_map_unlike_the_prototype_is_refused()
    {
        using BpfMap outer = BpfMap.Create(TestMap.Spec(MapType.HashOfMaps, 4, 4, 2) with { Inner = Inner });
        using BpfMap other = TestMap.Create(MapType.Hash, 4, 4, 4);

        var error = Assert.Throws<BpfException>(() => new BpfMapOfMaps<uint>(outer).Update(1, other));

        Assert.Equal(Errno.EINVAL, error.Errno);
    }

    [Fact]
    public void Programs_tail_call_what_a_program_array_holds()
    {
        using BpfMap map = TestMap.Create(MapType.ProgArray, 0, 0, 4);
        BpfProgramArray programs = new(map);
        using TestProgram target = TestProgram.Load(ProgramType.SchedCls, Insn.Mov64(Register.R0, 42), Insn.Exit());
        using TestProgram entry = TestProgram.Load(ProgramType.SchedCls,
        [
            .. Insn.LoadMap(Register.R2, map.Fd.Value),
            Insn.Mov64(Register.R3, 2),
            Insn.Call(HelperId.TailCall),
            Insn.Mov64(Register.R0, 7),
            Insn.Exit(),
        ]);

        uint before = entry.Run();
        programs.Update(2, target.Fd);
        uint during = entry.Run();
        bool known = programs.TryGetId(2, out uint id);
        bool removed = programs.Remove(2);
        uint after = entry.Run();

        Assert.Equal((7u, 42u, 7u), (before, during, after));
        Assert.True(known && removed && id != 0);
        Assert.False(programs.TryGetId(2, out _));
        Assert.False(programs.Remove(2));
    }

    [Fact]
    public void A_program_array_is_walked_by_what_it_holds()
    {
        using BpfMap map = TestMap.Create(MapType.ProgArray, 0, 0, 4);
        using TestProgram program = TestProgram.Load(ProgramType.SchedCls, Insn.Mov64(Register.R0, 0), Insn.Exit());
        new BpfProgramArray(map).Update(3, program.Fd);
        List<int> indexes = [];

        foreach (MapEntry entry in map.Entries) indexes.Add(entry.Key[0]);

        Assert.Equal([3], indexes);
    }

    [Fact]
    public void Perf_events_take_their_places()
    {
        using BpfMap map = TestMap.Create(MapType.PerfEventArray, 0, 0, 0);
        BpfPerfEventArray events = new(map);
        PerfEventAttr attr = new() { Type = PerfEvent.TypeSoftware, Config = PerfEvent.SoftwareBpfOutput, SamplePeriod = 1, SampleType = PerfEvent.SampleRaw };
        using BpfFd perfEvent = PerfEvent.Open(ref attr, -1, 0, "open a test event");

        events.Update(0, perfEvent);
        var outside = Assert.Throws<BpfException>(() => events.Update((uint)events.Length, perfEvent));

        Assert.Equal(Errno.E2BIG, outside.Errno);
        Assert.True(events.Remove(0));
        Assert.False(events.Remove(0));
    }
}
