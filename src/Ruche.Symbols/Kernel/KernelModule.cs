// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Kernel;

/// <summary>A loaded module of the kernel.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Where it is; 0 when the kernel hides it.</param>
/// <param name="Size">How many bytes it takes.</param>
public sealed record KernelModule(string Name, ulong Address, ulong Size);
