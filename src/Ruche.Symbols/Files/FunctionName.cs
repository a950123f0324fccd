// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Files;

/// <summary>What a function is called by the linker, and by people.</summary>
internal sealed record FunctionName(string Linkage, string Name);
