// SPDX-License-Identifier: MIT
using Ruche.Bpf.Buffers;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Compiler.Tests.Clang;

/// <summary>Two objects with the same program, given the same packets one after another: what they return, write and leave in their maps is the same.</summary>
internal sealed class TwinRun(BpfObject one, BpfObject other) : IDisposable
{
    public int Compare(string name)
    {
        var (first, second) = (one.Program(name), other.Program(name));
        if (first.Type is ProgramType.Syscall)
        {
            Assert.Equal(first.Run().ReturnValue, second.Run().ReturnValue);
            return 1;
        }

        foreach (var map in one.Maps.Values.Where(m => m.Type is MapType.LpmTrie)) FillNetworks(map, other.Map(map.Name));

        // A token bucket forgets nothing, but time brings tokens back: no more packets than it holds at first.
        var packets = Packets.Generate().Take(name == "bucket" ? 100 : int.MaxValue).ToList();
        HashSet<uint> answers = [];
        foreach (byte[] packet in packets)
        {
            var (a, b) = (first.Run(packet), second.Run(packet));
            Assert.True(a.ReturnValue == b.ReturnValue, $"{b.ReturnValue:x} instead of {a.ReturnValue:x} for {Convert.ToHexStringLower(packet)}");
            Assert.Equal(a.Output, b.Output);
            answers.Add(a.ReturnValue);
        }

        foreach (var map in one.Maps.Values) Assert.Equal(Contents(map), Contents(other.Map(map.Name)));
        Assert.True(name == "bucket" || answers.Count > 1, "every packet has the same answer");
        return packets.Count;
    }

    public void Dispose()
    {
        one.Dispose();
        other.Dispose();
    }

    private static void FillNetworks(params BpfMap[] maps)
    {
        foreach (var map in maps)
        {
            map.Update([8, 0, 0, 0, 10, 0, 0, 0], [1, 0, 0, 0]);
            map.Update([24, 0, 0, 0, 192, 168, 7, 0], [3, 0, 0, 0]);
        }
    }

    private static List<string> Contents(BpfMap map)
    {
        List<string> contents = [];
        if (map.Type is MapType.RingBuf)
        {
            // Without the time and the CPU.
            using RingBufferReader reader = new(map);
            reader.Consume(record => contents.Add(Convert.ToHexStringLower(record[8..20])));
            Assert.NotEmpty(contents);
        }
        else if (map.Type is not MapType.PerCpuArray)
        {
            byte[] key = [], next = new byte[map.KeySize], value = new byte[map.ValueBufferSize];
            for (; map.TryNextKey(key, next); key = [.. next])
            {
                Assert.True(map.TryLookup(next, value));
                contents.Add($"{Convert.ToHexStringLower(next)} {Convert.ToHexStringLower(value)}");
            }

            contents.Sort(StringComparer.Ordinal);
        }

        return contents;
    }
}
