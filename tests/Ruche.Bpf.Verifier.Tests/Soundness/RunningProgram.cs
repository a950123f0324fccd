// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Verifier.Tests.Soundness;

/// <summary>Looks over the shoulder of runs, and compares all they hold before each instruction with what a proof has found possible.</summary>
internal sealed unsafe class RunningProgram(VerifierProgram program) : IRunObserver
{
    private const int FrameBytes = 512;
    private const int MaxFrames = 8;
    private const int MaxSteps = 2_000;

    private readonly ulong[][] _registers = [.. Enumerable.Range(0, MaxFrames).Select(_ => new ulong[11])];
    private readonly int[] _slots = new int[MaxFrames];
    private int _steps;

    /// <summary>What to compare with; null to compare nothing.</summary>
    public ObservedStates? States { get; set; }

    /// <summary>What was not possible and has happened; null when nothing has.</summary>
    public string? Conflict { get; private set; }

    /// <summary>How many instructions were compared.</summary>
    public long Compared { get; private set; }

    /// <summary>How many functions are on the call stack below the one that runs.</summary>
    public int Depth { get; private set; }

    /// <summary>The address of the context.</summary>
    public ulong Context { get; private set; }

    /// <summary>The address of the packet; of programs that may access it.</summary>
    public ulong PacketStart { get; private set; }

    /// <summary>The address behind the packet.</summary>
    public ulong PacketEnd { get; private set; }

    /// <summary>Where values of maps are that the program has got.</summary>
    public HashSet<ulong> ValueAddresses { get; } = [];

    /// <summary>The registers of a function on the call stack, as they were when it ran last.</summary>
    public ulong[] RegistersAt(int depth) => _registers[depth];

    /// <summary>Where a function on the call stack was last.</summary>
    public int SlotAt(int depth) => _slots[depth];

    /// <inheritdoc/>
    public void Step(MachineProgram running, int slot, ReadOnlySpan<ulong> registers)
    {
        int last = Depth >= 0 ? _slots[Depth] : -1;
        if (slot == 0) Begin(registers);
        Depth = (int)((_registers[0][10] - registers[10]) / FrameBytes);
        registers.CopyTo(_registers[Depth]);
        _slots[Depth] = slot;
        if (slot > 0 && slot == last + 1 && program.Instructions[last] is { IsHelperCall: true, Immediate: (int)HelperId.MapLookupElem } && registers[0] != 0) ValueAddresses.Add(registers[0]);
        if (States is null || Conflict is not null || ++_steps > MaxSteps) return;
        Compared++;
        if (!States.Allow(slot, this, out string reason)) Conflict = $"slot {slot} ({program.Instructions[slot]}): {reason}";
    }

    // SAFETY: the context of XDP programs begins with the addresses of the packet and its end, in 32 bits each.
    private void Begin(ReadOnlySpan<ulong> registers)
    {
        registers.CopyTo(_registers[0]);
        (_steps, Context) = (0, registers[1]);
        if (program.Type is ProgramType.Xdp) (PacketStart, PacketEnd) = (*(uint*)Context, *(uint*)(Context + 4));
    }

    /// <summary>Notes where the maps' values are that wide loads point to.</summary>
    public void Learn(MachineProgram loaded)
    {
        foreach (var (slot, offset) in program.MapOffsets)
            ValueAddresses.Add(loaded.Instructions[slot].WideValue(loaded.Instructions[slot + 1]) - (ulong)offset);
    }
}
