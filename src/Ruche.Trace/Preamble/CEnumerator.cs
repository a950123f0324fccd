// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Preamble;

/// <summary>A value of an enumeration, and what it is called.</summary>
internal sealed record CEnumerator(string Name, long Value);
