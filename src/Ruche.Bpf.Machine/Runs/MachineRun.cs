// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Text;
using Ruche.Bpf.Machine.Faults;

namespace Ruche.Bpf.Machine.Runs;

/// <summary>What a run of a program of an object came to.</summary>
public sealed record MachineRun
{
    private readonly RunEffects? _effects;

    internal MachineRun(RunResult result, byte[] packet, byte[] context, RunEffects? effects)
    {
        (ReturnValue, InstructionCount, Fault) = ((uint)result.ReturnValue, result.InstructionCount, result.Fault);
        (Packet, Context, _effects) = (packet, context, effects);
    }

    /// <summary>What the program returned, as the kernel takes it; zero after a fault.</summary>
    public uint ReturnValue { get; }

    /// <summary>What the program returned, when it is an XDP program.</summary>
    public XdpAction XdpAction => (XdpAction)ReturnValue;

    /// <summary>What the program returned, when it is one of traffic control.</summary>
    public TcAction TcAction => (TcAction)ReturnValue;

    /// <summary>How many instructions ran; machine code counts those that loops and calls take.</summary>
    public long InstructionCount { get; }

    /// <summary>Why the run was stopped; null when it ended by itself.</summary>
    public MachineFault? Fault { get; }

    /// <summary>The packet, the option value or the record after the run; empty when none was given.</summary>
    public byte[] Packet { get; }

    /// <summary>The metadata before the packet after the run.</summary>
    public byte[] Metadata { get; internal init; } = [];

    /// <summary>The context after the run; empty when the program has none beside its record.</summary>
    public byte[] Context { get; }

    /// <summary>Where the packet goes, as the program said last; null when it said nothing. It counts when the program also returns so.</summary>
    public PacketRedirect? Redirect => _effects?.Redirect;

    /// <summary>Where copies of the packet go.</summary>
    public IReadOnlyList<PacketRedirect> Clones => _effects?.Clones ?? [];

    /// <summary>The lines that the run has printed.</summary>
    public IReadOnlyList<string> Printed => _effects?.Printed ?? [];

    /// <summary>What an iterator has written.</summary>
    public string Output => _effects is null ? "" : Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(_effects.Output));

    /// <summary>The error number that a program on a cgroup has set (<c>bpf_set_retval</c>).</summary>
    public int ReturnCode => _effects?.ReturnCode ?? 0;

    /// <summary>The address of the socket that the program has chosen (<c>bpf_sk_assign</c>); 0 for none.</summary>
    public ulong Socket => _effects?.Socket ?? 0;

    /// <summary>Signals that the program has sent to the task.</summary>
    public IReadOnlyList<int> Signals => _effects?.Signals ?? [];

    /// <summary>The context after the run, as a structure such as <see cref="Contexts.SkBuff"/>.</summary>
    public T ContextAs<T>()
        where T : unmanaged => MemoryMarshal.Read<T>(Context);
}
