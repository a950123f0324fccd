// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine;

/// <summary>Is told of each instruction before it runs: for traces and coverage.</summary>
public interface IRunObserver
{
    /// <summary>An instruction is about to run.</summary>
    /// <param name="program">The program that it belongs to: another one than the run began with after a tail call.</param>
    /// <param name="slot">Its slot.</param>
    /// <param name="registers">R0 to R10; valid during the call only.</param>
    void Step(MachineProgram program, int slot, ReadOnlySpan<ulong> registers);
}
