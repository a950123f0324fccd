// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Faults;

namespace Ruche.Bpf.Machine;

/// <summary>What a run came to.</summary>
/// <param name="ReturnValue">R0 at the end; zero after a fault.</param>
/// <param name="InstructionCount">How many instructions ran; machine code counts those that loops and calls take.</param>
/// <param name="Fault">Why the run was stopped; null when it ended by itself.</param>
public readonly record struct RunResult(ulong ReturnValue, long InstructionCount, MachineFault? Fault);
