// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Output;

/// <summary>What a round of something takes on average, in nanoseconds, over so many rounds.</summary>
internal sealed record BenchmarkResult(string Name, ulong Average, ulong Rounds);
