// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>What the code of a run and the runtime tell each other. Compiled code addresses the fields by offset.</summary>
[StructLayout(LayoutKind.Explicit, Size = 0xd8)]
internal struct RunState
{
    public const int StackStartOffset = 0x00;
    public const int StackLimitsOffset = 0x08;
    public const int LastStartOffset = 0x28;
    public const int LastLimitsOffset = 0x30;
    public const int BudgetOffset = 0x50;
    public const int SavedStackPointerOffset = 0x58;
    public const int SlotOffset = 0x60;
    public const int DepthOffset = 0x64;
    public const int LoopsLeftOffset = 0x68;
    public const int FaultOffset = 0x6c;
    public const int ArgumentsOffset = 0x70;
    public const int HostOffset = 0x98;
    public const int IsOverOffset = 0xa0;
    public const int TailCallsOffset = 0xa4;
    public const int CpuOffset = 0xa8;
    public const int VersionOffset = 0xac;
    public const int ReadStartOffset = 0xb0;
    public const int ReadLimitsOffset = 0xb8;

    /// <summary>In <see cref="Fault"/>: the program itself has thrown.</summary>
    public const int Thrown = 0xff;

    /// <summary>The lowest address of the stack in use.</summary>
    [FieldOffset(StackStartOffset)]
    public ulong StackStart;

    /// <summary>At how many offsets from its start 1, 2, 4 and 8 bytes lie within the stack.</summary>
    [FieldOffset(StackLimitsOffset)]
    public Limits StackLimits;

    /// <summary>The region that was found last of those that may be written.</summary>
    [FieldOffset(LastStartOffset)]
    public ulong LastStart;

    /// <summary>The same for that region; nothing lies within it when there is none.</summary>
    [FieldOffset(LastLimitsOffset)]
    public Limits LastLimits;

    /// <summary>How many more instructions may run; below zero the run ends.</summary>
    [FieldOffset(BudgetOffset)]
    public long Budget;

    /// <summary>Where a fault unwinds to.</summary>
    [FieldOffset(SavedStackPointerOffset)]
    public nint SavedStackPointer;

    /// <summary>The slot of the instruction that called the runtime or failed.</summary>
    [FieldOffset(SlotOffset)]
    public int Slot;

    /// <summary>How many functions are running, less one.</summary>
    [FieldOffset(DepthOffset)]
    public int Depth;

    /// <summary>What may_goto counts down.</summary>
    [FieldOffset(LoopsLeftOffset)]
    public int LoopsLeft;

    /// <summary>A <see cref="Faults.FaultKind"/> plus one, <see cref="Thrown"/>, or zero.</summary>
    [FieldOffset(FaultOffset)]
    public int Fault;

    /// <summary>R1 to R5 of a helper call, or the address of an access.</summary>
    [FieldOffset(ArgumentsOffset)]
    public HelperArguments Arguments;

    /// <summary>A handle of the run's <see cref="Execution.RunSpace"/>.</summary>
    [FieldOffset(HostOffset)]
    public nint Host;

    /// <summary>Not zero when the function ends with the helper: another program has run in place of its rest, or a packet is too short.</summary>
    [FieldOffset(IsOverOffset)]
    public int IsOver;

    /// <summary>How many programs have taken the place of others.</summary>
    [FieldOffset(TailCallsOffset)]
    public int TailCalls;

    /// <summary>The CPU that the program believes to run on.</summary>
    [FieldOffset(CpuOffset)]
    public int Cpu;

    /// <summary>For compiled code to keep the version of a table in.</summary>
    [FieldOffset(VersionOffset)]
    public int Version;

    /// <summary>The region that was found last of those that may only be read.</summary>
    [FieldOffset(ReadStartOffset)]
    public ulong ReadStart;

    /// <summary>The same for that region; nothing lies within it when there is none.</summary>
    [FieldOffset(ReadLimitsOffset)]
    public Limits ReadLimits;
}
