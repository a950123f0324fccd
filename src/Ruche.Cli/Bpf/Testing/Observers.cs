// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine;

namespace Ruche.Cli.Bpf.Testing;

/// <summary>Several that want to be told of each instruction.</summary>
internal sealed class Observers(params IReadOnlyList<IRunObserver> all) : IRunObserver
{
    /// <inheritdoc/>
    public void Step(MachineProgram program, int slot, ReadOnlySpan<ulong> registers)
    {
        foreach (var observer in all) observer.Step(program, slot, registers);
    }
}
