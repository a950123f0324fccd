// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Machine.Code;

/// <summary>Addresses of functions of the program: values that no memory has, so that reading through one is a fault.</summary>
internal static class FunctionAddresses
{
    // Not canonical on any 64-bit processor.
    private const ulong Base = 0x0bf0_0000_0000_0000;

    /// <summary>Whether an instruction loads the address of a function, not a number that looks like one.</summary>
    public static bool IsTakenBy(in DecodedInstruction instruction) => instruction.Operation is Operation.LoadWide && instruction.Source == (byte)WideSource.Function;

    public static ulong Of(int slot) => Base + (ulong)slot;

    /// <summary>The slot that an address stands for; null for any other value.</summary>
    public static int? SlotOf(ulong address, int slots) => address - Base < (ulong)slots ? (int)(address - Base) : null;
}
