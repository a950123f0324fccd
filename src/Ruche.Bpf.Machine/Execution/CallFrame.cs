// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Execution;

/// <summary>What a function of the program gets back when one that it called returns.</summary>
internal struct CallFrame
{
    public int ReturnSlot;
    public ulong R6;
    public ulong R7;
    public ulong R8;
    public ulong R9;
    public ulong FramePointer;
}
