// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Maps;

/// <summary>What a program has written to a perf event array.</summary>
/// <param name="Cpu">The CPU to whose buffer it went.</param>
/// <param name="Data">The bytes.</param>
public sealed record MachineRecord(int Cpu, byte[] Data);
