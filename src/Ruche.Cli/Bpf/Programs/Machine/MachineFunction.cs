// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Programs;

namespace Ruche.Cli.Bpf.Programs.Machine;

/// <summary>The machine code of one function.</summary>
/// <param name="Address">Where the kernel has it; 0 when it may not be seen.</param>
/// <param name="Start">Where it starts in the program's code.</param>
/// <param name="Code">The code.</param>
/// <param name="Slot">Where it starts in the verified code; -1 when the kernel does not say.</param>
internal sealed record MachineFunction(ulong Address, int Start, ReadOnlyMemory<byte> Code, int Slot)
{
    /// <summary>The functions of a program. Where the kernel does not tell them, all of the code is one of unknown address.</summary>
    public static ImmutableArray<MachineFunction> Split(byte[] code, ProgramDebugInfo debug)
    {
        if (debug.JitedLengths.Sum(length => length) != code.Length) return [new(debug.JitedAddresses.FirstOrDefault(), 0, code, 0)];
        var functions = ImmutableArray.CreateBuilder<MachineFunction>(debug.JitedLengths.Length);
        int start = 0;
        for (int i = 0; i < debug.JitedLengths.Length; i++)
        {
            int length = (int)debug.JitedLengths[i];
            functions.Add(new(debug.JitedAddresses.ElementAtOrDefault(i), start, code.AsMemory(start, length), i < debug.Functions.Length ? debug.Functions[i].Slot : -1));
            start += length;
        }

        return functions.ToImmutable();
    }

    /// <summary>Whether an address lies in it.</summary>
    public bool Contains(ulong address) => address - Address < (ulong)Code.Length;
}
