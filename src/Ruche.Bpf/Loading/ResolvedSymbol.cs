// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Loading;

/// <summary>What an extern stands for in the running kernel.</summary>
/// <param name="Target">The typed variable or function; not found for untyped symbols.</param>
/// <param name="Address">The address of an untyped symbol; 0 for typed and missing ones.</param>
internal readonly record struct ResolvedSymbol(KernelTarget Target, ulong Address);
