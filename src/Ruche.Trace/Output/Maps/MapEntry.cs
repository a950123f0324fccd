// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Output.Maps;

/// <summary>An entry as the kernel keeps it; of aggregates, the value has the words of one CPU behind those of the other.</summary>
internal sealed record MapEntry(byte[] Key, byte[] Value);
