// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Output;

/// <summary>What an address belongs to, how far behind its start it lies, and the file it is of: null for the kernel itself.</summary>
internal readonly record struct SymbolName(string Name, ulong Offset, string? File = null);
