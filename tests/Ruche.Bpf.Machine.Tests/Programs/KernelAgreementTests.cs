// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Machine.Contexts;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;
using Ruche.Bpf.Tests;
using Ruche.Bpf.Tests.Samples;

namespace Ruche.Bpf.Machine.Tests.Programs;

/// <summary>The same object and packet in the live kernel (BPF_PROG_TEST_RUN) and in the machine: the same answer, packet, context and maps.</summary>
public sealed class KernelAgreementTests : KernelTest
{
    private static readonly byte[] Small = Packet.OverIpv4(Packet.Tcp);
    private static readonly byte[] Tagged = Packet.InTwoVlans(Packet.Udp);
    private static readonly byte[] Six = Packet.OverIpv6(Packet.Udp);
    private static readonly byte[] Large = [.. Packet.OverIpv4(Packet.Udp), .. Enumerable.Range(0, 1400).Select(i => (byte)i)];

    public static MatrixTheoryData<MachineEngine, (string Object, string Program, int Argument)> Runs => new(Enum.GetValues<MachineEngine>(),
    [
        ("xdp", "fields", 0),
        .. Each("xdp", "adjust_head", 0, 1, 20, 39, 40, 41, 1000, -1, -16, -100, -215, -216, -217, -256, -1000),
        .. Each("xdp", "adjust_tail", 0, -1, -40, -41, -1000, 1, 100, 3466, 3467, 4000),
        .. Each("xdp", "adjust_meta", 0, -4, -3, -32, -64, -200, -208, -212, -216, -252, -256, 4),
        .. Each("xdp", "bytes", 0, 30, 38, 39, 50, 70000, -1),
        .. Each("xdp", "sums", 0, 1, 0xffff, -1),
        .. Each("redirect", "redirect", 0, 1),
        ("tc", "fields", 0),
        ("tc", "direct", 0),
        .. Each("tc", "bytes", 0, 24, 38, 39, 54, 70000, -1),
        .. Each("tc", "change_tail", 0, 13, 14, 20, 54, 100, 2000, 16065, -1),
        .. Each("tc", "change_head", 0, 4, 40, 200, 2600, 20000, -1),
        .. Each("tc", "change_proto", 0x86dd, 0x0800, 0x0806),
        .. Each("tc", "change_type", 0, 1, 3, 4, 5),
        .. Each("tc", "adjust_room_net", 0, 8, 20, 1000, 4095, 4096, -8, -20, -1000),
        .. Each("tc", "adjust_room_mac", 0, 8, 20, 1000, 4095, 4096, -8, -20, -1000),
        .. Each("tc", "vlan", 0, 1, 2),
        ("tc", "vlan_pop", 0),
        .. Each("tc", "sums", 0, 1, 0x1234, -1),
        .. Each("tc", "redirect", 0, 1, 2),
        .. Each("tc", "network", 0, 16, 40, 100),
        .. Each("general", "maps", 0, 5),
        .. Each("general", "loops", 0, 7, 5000),
        ("general", "refused_loops", 0),
        .. Each("general", "visits", 5, 100),
        .. Each("general", "calls", 0, 9, 20),
        .. Each("general", "maps_of_maps", 0, 5),
        .. Each("general", "texts", 0, 7, -7, 123456),
        ("rings", "records", 3),
        .. Each("rings", "pointers", 0, 1, 16, 17),
        .. Each("rings", "numbers", 3, 10, 2, 9000003),
        .. Each("rings", "slices", 0, 46, 47, 4000),
        .. Each("rings", "throws", 2, 9),
        .. Each("rings", "handled", 2, 9),
        .. Each("tail", "tail_calls", 0),
        .. Each("tail", "begin_again", 0),
        .. Each("legacy", "of_frame", 0, 7, 30, 50, 100, -1, -0x100000, -0x100000 + 12, -0x200000, -0x200000 + 12, -0x1000),
        .. Each("legacy", "of_datagram", 0, 7, 30, 50, 100, -1, -0x100000, -0x100000 + 12, -0x1000),
    ]);

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_machine_does_what_the_kernel_does(MachineEngine engine, (string Object, string Program, int Argument) test)
    {
        var spec = Only(test.Program, Compiler.Read(test.Object).WithGlobal("argument", test.Argument));

        foreach (byte[] packet in (byte[][])[Small, Tagged, Six, Large])
        {
            using var kernel = BpfObject.Open(spec).Load();
            using var machine = BpfMachine.Load(spec, new() { Engine = engine });

            var expected = kernel.Program(test.Program).Run(packet, ContextOf(kernel.Program(test.Program)));
            var program = machine.Program(test.Program);
            var actual = program.Type is ProgramType.Xdp ? program.Run(packet) : program.Run(packet, Fields);

            Assert.Null(actual.Fault);
            Assert.Equal(Globals(spec, (map, value) => kernel.Map(map).TryLookup(new byte[4], value)), Globals(spec, (map, value) => machine.Map(map).TryLookup(new byte[4], value) is Errno.None));
            Assert.Equal(expected.ReturnValue, actual.ReturnValue);
            Assert.Equal(Convert.ToHexStringLower(expected.Output), Convert.ToHexStringLower([.. actual.Metadata, .. actual.Packet]));
            Compare(spec, kernel, machine);
            if (program.Type is not ProgramType.Xdp) Assert.Equal(Kept(MemoryMarshal.Read<SkBuff>(expected.Context)), Kept(actual.ContextAs<SkBuff>()));
        }
    }

    // What programs go over to must be there; the others only take time.
    private static ObjectSpec Only(string program, ObjectSpec spec)
    {
        string[] targets = [program, .. spec.Maps.SelectMany(m => m.Slots.Select(s => s.Target))];
        return spec with { Programs = [.. spec.Programs.Select(p => p with { AutoLoad = targets.Contains(p.Name) })] };
    }

    private static SkBuff Fields
    {
        get
        {
            SkBuff fields = new() { Mark = 3, Priority = 4, Tstamp = 5 };
            fields.Cb[0] = 6;
            fields.Cb[4] = 7;
            return fields;
        }
    }

    private static byte[] ContextOf(BpfProgram program) =>
        program.Type is ProgramType.Xdp ? [] : MemoryMarshal.AsBytes(new ReadOnlySpan<SkBuff>([Fields])).ToArray();

    // What the kernel gives back of a context: not where the packet was.
    private static (uint, uint, ulong, uint, uint) Kept(in SkBuff context) => (context.Mark, context.Priority, context.Tstamp, context.Cb[1], context.Cb[4]);

    private static string Globals(ObjectSpec spec, Func<string, byte[], bool> read)
    {
        if (spec.Map(".bss") is not { } section) return "";
        byte[] value = new byte[section.ValueSize];
        Assert.True(read(".bss", value));
        return string.Join(' ', value.Chunk(sizeof(ulong)).Select(Convert.ToHexStringLower));
    }

    private static void Compare(ObjectSpec spec, BpfObject kernel, BpfMachine machine)
    {
        foreach (var map in spec.Maps)
        {
            if (map.Type is not (MapType.Array or MapType.Hash) || map.DataSection is not DataSectionKind.None) continue;
            for (uint key = 0; key < 8; key++)
            {
                byte[] expected = new byte[map.ValueSize], actual = new byte[map.ValueSize];
                Assert.Equal(kernel.Map(map.Name).TryLookup(BitConverter.GetBytes(key), expected), machine.Map(map.Name).TryLookup(BitConverter.GetBytes(key), actual) is Errno.None);
                Assert.Equal(expected, actual);
            }
        }
    }

    private static IEnumerable<(string, string, int)> Each(string @object, string program, params int[] arguments) => arguments.Select(a => (@object, program, a));
}
