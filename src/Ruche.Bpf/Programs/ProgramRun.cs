// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Programs;

/// <summary>What came out of a test run.</summary>
/// <param name="ReturnValue">The program's return value.</param>
/// <param name="Nanoseconds">The average time of one run; 0 for types whose runs the kernel does not time.</param>
/// <param name="Output">The packet after the run; empty when none was given.</param>
/// <param name="Context">The context after the run; empty when none was given.</param>
public sealed record ProgramRun(uint ReturnValue, uint Nanoseconds, byte[] Output, byte[] Context);
