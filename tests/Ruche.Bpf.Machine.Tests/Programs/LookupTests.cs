// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Faults;
using Ruche.Bpf.Maps;

namespace Ruche.Bpf.Machine.Tests.Programs;

/// <summary>Lookups in arrays, which machine code does by itself: the same as by the helper.</summary>
public sealed class LookupTests
{
    public static TheoryData<MachineEngine> Engines => new(Enum.GetValues<MachineEngine>());

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_key_on_the_stack_finds_its_value_or_nothing(MachineEngine engine)
    {
        foreach (uint key in (uint[])[0, 7, 8, uint.MaxValue])
        {
            using var machine = Load(engine, key);
            if (key < 8) new BpfArray<ulong>(machine.Map("cells"))[(int)key] = 40;

            uint returned = machine.Program("on_stack").Run(new byte[14]).ReturnValue;

            Assert.Equal(key < 8 ? 41u : 777u, returned);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_key_in_the_packet_finds_values_of_any_size(MachineEngine engine)
    {
        using var machine = Load(engine, 0);
        Assert.Equal(Errno.None, machine.Map("wides").TryUpdate([3, 0, 0, 0], [1, 0, 0, 0, 20, 0, 0, 0, 3, 0, 0, 0]));
        Assert.Equal(Errno.None, machine.Map("constants").TryUpdate([3, 0, 0, 0], [100, 0, 0, 0]));
        var program = machine.Program("in_packet");

        Assert.Equal(123u, program.Run([3, 0, 0, 0]).ReturnValue);
        Assert.Equal(0u, program.Run([4, 0, 0, 0]).ReturnValue);
        Assert.Equal(777u, program.Run([5, 0, 0, 0]).ReturnValue);
        Assert.Equal(143u, program.Run([3, 0, 0, 0]).ReturnValue);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_key_out_of_reach_ends_the_run(MachineEngine engine)
    {
        using var machine = Load(engine, 2);

        var fault = machine.Program("beyond").Run([3, 0, 0, 0]).Fault;

        Assert.Equal(FaultKind.BadAccess, fault?.Kind);
        Assert.True(machine.Program("beyond").Run([0, 0, 3, 0, 0, 0]).Fault is null);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void What_lies_behind_an_array_is_out_of_reach(MachineEngine engine)
    {
        using var machine = Load(engine, 7);

        Assert.Equal(FaultKind.BadAccess, machine.Program("overrun").Run(new byte[14]).Fault?.Kind);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void What_programs_only_read_no_helper_changes_for_them(MachineEngine engine)
    {
        using var machine = Load(engine, 0);

        var fault = machine.Program("change_constant").Run(new byte[14]).Fault;

        Assert.Equal(FaultKind.HelperFailed, fault?.Kind);
        Assert.Contains("BPF_F_RDONLY_PROG", fault!.Reason, StringComparison.Ordinal);
    }

    private static BpfMachine Load(MachineEngine engine, uint argument) =>
        BpfMachine.Load(Compiler.Read("lookups").WithGlobal("argument", argument), new() { Engine = engine });
}
