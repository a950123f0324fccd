// SPDX-License-Identifier: MIT
using Ruche.Bpf.Loading;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Compiler.Tests.Clang;

/// <summary>
/// Twins in the kernel: both are loaded, and where the kernel runs their kind on request, they are given the same packets one after another. What they return
/// and write is the same, and so is what they leave in their maps, unless they note the time there.
/// </summary>
internal sealed class TwinRun : IDisposable
{
    private const int WholeHeaders = 64;

    private readonly BpfObject _one, _other;
    private readonly List<byte[]> _packets = [.. Packets.Generate()];

    private TwinRun(BpfObject one, BpfObject other)
    {
        (_one, _other) = (one.Load(), other.Load());
        foreach (var (first, second) in TwinMaps.Pair<IBpfMap>(_one.Maps.Values, _other.Maps.Values))
        {
            TwinMaps.Fill(first);
            TwinMaps.Fill(second);
        }
    }

    /// <summary>Loads both; null when some host's kernels refuse their kind to everybody, so that only virtual machines load them.</summary>
    public static TwinRun? Load(ObjectSpec one, ObjectSpec other) =>
        one.Programs.Any(p => p.Type is ProgramType.Lsm or ProgramType.StructOps) ? null : new(BpfObject.Open(one), BpfObject.Open(other));

    /// <summary>How many runs agreed.</summary>
    public int Compare()
    {
        int runs = 0;
        foreach (var first in _one.Programs.Values) runs += Compare(first, _other.Program(first.Name));
        if (runs == 0 || _one.Programs.Values.Any(AsksForTime)) return runs;
        foreach (var (first, second) in TwinMaps.Pair(_one.Maps.Values, _other.Maps.Values)) Assert.Equal(TwinMaps.Contents(first), TwinMaps.Contents(second));
        return runs;
    }

    /// <summary>How many nanoseconds a run takes in both; null where the kernel does not repeat runs, or they change the packet.</summary>
    public (double One, double Other)? Time()
    {
        if (_one.Programs.Values.ToList() is not [{ Type: ProgramType.Xdp or ProgramType.SchedCls } first]) return null;
        var packets = PacketsFor(first);
        return packets.TrueForAll(p => first.Run(p).Output.AsSpan().SequenceEqual(p)) ? TwinTimes.Measure(_one.Spec, first, _other.Program(first.Name), packets) : null;
    }

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
    }

    private int Compare(BpfProgram first, BpfProgram second)
    {
        Assert.Equal(first.Type, second.Type);
        if (first.Type is ProgramType.Syscall)
        {
            Assert.Equal(first.Run().ReturnValue, second.Run().ReturnValue);
            return 1;
        }

        if (first.Type is not (ProgramType.Xdp or ProgramType.SchedCls)) return 0;

        // A bucket of tokens forgets nothing, but time brings tokens back: no more packets than it holds at first.
        var packets = PacketsFor(first).Take(AsksForTime(first) ? 100 : int.MaxValue).ToList();
        foreach (byte[] packet in packets)
        {
            var (a, b) = (first.Run(packet), second.Run(packet));
            Assert.True(a.ReturnValue == b.ReturnValue, $"{b.ReturnValue:x} instead of {a.ReturnValue:x} for {Convert.ToHexStringLower(packet)}");
            Assert.Equal(a.Output, b.Output);
        }

        return packets.Count;
    }

    // The kernel wants a socket buffer's headers whole.
    private List<byte[]> PacketsFor(BpfProgram program) => program.Type is ProgramType.Xdp ? _packets : [.. _packets.Where(p => p.Length >= WholeHeaders)];

    private static bool AsksForTime(BpfProgram program) => program.Spec!.Entry.Instructions.Any(i => i.IsHelperCall && i.Immediate == (int)HelperId.KtimeGetNs);
}
