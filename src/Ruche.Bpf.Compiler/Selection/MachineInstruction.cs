// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Compiler.Relocation;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Compiler.Selection;

/// <summary>An instruction whose registers are still numbers without end: those below eleven are the machine's own, the others are to be placed.</summary>
internal sealed class MachineInstruction
{
    /// <summary>No register.</summary>
    public const int None = -1;

    /// <summary>The instruction, but for its registers.</summary>
    public required Instruction Code { get; set; }

    /// <summary>The register in the place of the destination.</summary>
    public int Destination { get; set; } = None;

    /// <summary>The register in the place of the source.</summary>
    public int Source { get; set; } = None;

    /// <summary>Whether what the destination held before matters: in arithmetic, in stores and comparisons.</summary>
    public bool ReadsDestination { get; init; }

    /// <summary>Whether the destination is given a value.</summary>
    public bool WritesDestination { get; init; }

    /// <summary>Whether the source is given a value: what an atomic operation fetches.</summary>
    public bool WritesSource { get; init; }

    /// <summary>Whether the result's register is compared with and then given what stood in memory.</summary>
    public bool ReadsAndWritesResult { get; init; }

    /// <summary>The value of an instruction of two slots.</summary>
    public ulong? Wide { get; init; }

    /// <summary>What is put in when the object is loaded: a map, a function.</summary>
    public Func<int, Reference>? Reference { get; init; }

    /// <summary>What the running kernel's types answer, put in when the object is loaded.</summary>
    public KernelSubject? Question { get; init; }

    /// <summary>The stack slot that the offset, or the immediate, counts from.</summary>
    public StackSlot? Slot { get; set; }

    /// <summary>Where a jump goes.</summary>
    public MachineBlock? Target { get; set; }

    /// <summary>How many registers, from the first argument's on, a call reads; it changes all up to the fifth argument's.</summary>
    public int? Arguments { get; init; }

    /// <summary>Where in the source it comes from.</summary>
    public SourceLine? Line { get; init; }

    public bool IsCall => Arguments is not null;

    /// <summary>Whether it only copies a register to another.</summary>
    public bool IsCopy => Source >= 0 && WritesDestination && !ReadsDestination && Code.IsAlu && Code.Class is InstructionClass.Alu64
        && Code.AluOperation is AluOperation.Mov && Code.Offset == 0;

    /// <summary>Whether it can be done again wherever its result is needed: it reads nothing.</summary>
    public bool CanRepeat => WritesDestination && !ReadsDestination && Source < 0 && !IsCall && Code.Class is InstructionClass.Alu64 or InstructionClass.Alu32 or InstructionClass.Load;

    /// <summary>How many slots of eight bytes it takes.</summary>
    public int SlotCount => IsFrameAddress || Code.IsWide ? 2 : 1;

    /// <summary>Whether it yields the address of a stack slot: a copy of the frame pointer and an addition.</summary>
    public bool IsFrameAddress => Slot is not null && Code.IsAlu;

    /// <summary>The registers that it reads.</summary>
    public RegisterList Reads
    {
        get
        {
            RegisterList registers = default;
            if (ReadsDestination) registers.Add(Destination);
            if (Source >= 0) registers.Add(Source);
            if (ReadsAndWritesResult) registers.Add(0);
            for (int i = 1; i <= (Arguments ?? 0); i++) registers.Add(i);
            return registers;
        }
    }

    /// <summary>The registers whose contents are other ones afterwards.</summary>
    public RegisterList Writes
    {
        get
        {
            RegisterList registers = default;
            if (WritesDestination) registers.Add(Destination);
            if (WritesSource) registers.Add(Source);
            if (ReadsAndWritesResult) registers.Add(0);
            for (int i = 0; IsCall && i <= 5; i++) registers.Add(i);
            return registers;
        }
    }

    public MachineInstruction Repeated(int destination) => new()
    {
        Code = Code,
        Destination = destination,
        WritesDestination = true,
        Wide = Wide,
        Reference = Reference,
        Question = Question,
        Slot = Slot,
        Line = Line,
    };
}
