// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Ruche.Bpf.Machine;

namespace Ruche.Cli.Bpf.Testing;

/// <summary>Writes each instruction that runs and the registers that it has changed.</summary>
internal sealed class StepTrace(TextWriter output) : IRunObserver
{
    private const int Registers = 11;
    private const int CodeWidth = 44;

    private readonly ulong[] _before = new ulong[Registers];
    private string? _pending;

    /// <inheritdoc/>
    public void Step(MachineProgram program, int slot, ReadOnlySpan<ulong> registers)
    {
        Flush(registers);
        _pending = string.Create(CultureInfo.InvariantCulture, $"  {slot,5}: {program.Instructions[slot]}");
        registers.CopyTo(_before);
    }

    /// <summary>Writes the last instruction of a run, of which nobody sees the registers.</summary>
    public void End()
    {
        if (_pending is not null) output.Write($"{_pending}\n");
        _pending = null;
    }

    private void Flush(ReadOnlySpan<ulong> registers)
    {
        if (_pending is null) return;
        StringBuilder changed = new();
        for (int register = 0; register < Registers; register++)
            if (registers[register] != _before[register]) changed.Append(CultureInfo.InvariantCulture, $" r{register}=0x{registers[register]:x}");
        output.Write(changed.Length == 0 ? $"{_pending}\n" : $"{_pending.PadRight(CodeWidth)} ;{changed}\n");
    }
}
