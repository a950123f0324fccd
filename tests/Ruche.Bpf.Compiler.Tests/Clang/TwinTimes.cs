// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Compiler.Tests.Clang;

/// <summary>How long twins take in the kernel: by turns, with the same few packets, many times. Packets that a program has much to do with tell more than others.</summary>
internal static class TwinTimes
{
    private const int Packets = 6;
    private const int Rounds = 21;
    private const int Repeat = 50_000;

    /// <summary>Nanoseconds a run, of which some are the kernel's own: for each packet the median of all rounds, and of these the mean.</summary>
    public static (double One, double Other) Measure(ObjectSpec spec, BpfProgram one, BpfProgram other, List<byte[]> packets)
    {
        var chosen = Longest(spec, one.Name, packets).Select(p => Measure(one, other, p)).ToList();
        return (chosen.Average(t => t.One), chosen.Average(t => t.Other));
    }

    // Some of the quarter with the longest ways.
    private static IEnumerable<byte[]> Longest(ObjectSpec spec, string program, List<byte[]> packets)
    {
        using var machine = BpfMachine.Load(spec);
        foreach (var map in machine.Maps.Values) TwinMaps.Fill(map);
        var ordered = packets.OrderByDescending(p => machine.Program(program).Run(p).InstructionCount).ToList();
        return ordered.Where((_, i) => i % (ordered.Count / 4 / Packets) == 0).Take(Packets);
    }

    private static (double One, double Other) Measure(BpfProgram one, BpfProgram other, byte[] packet)
    {
        List<double> ones = [], others = [];
        for (int round = 0; round < Rounds; round++)
        {
            ones.Add(Time(one, packet));
            others.Add(Time(other, packet));
        }

        ones.Sort();
        others.Sort();
        return (ones[Rounds / 2], others[Rounds / 2]);
    }

    // As the kernel measures it: whoever else wants the processor in between is not counted.
    private static double Time(BpfProgram program, byte[] packet) => program.Run(packet, options: new() { Repeat = Repeat }).Nanoseconds;
}
