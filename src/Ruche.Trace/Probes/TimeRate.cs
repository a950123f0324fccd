// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Probes;

/// <summary>How often: a number of times a second, or every so many nanoseconds; the other is zero.</summary>
internal readonly record struct TimeRate(ulong Hertz, ulong Nanoseconds);
