// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Bpf.Objects.Elf;

/// <summary>A static trace point that a program or library carries, as a <c>stapsdt</c> note describes it.</summary>
/// <param name="Provider">Who offers it, such as <c>libc</c>.</param>
/// <param name="Name">What it is called. Several notes may share a name: one for each place the compiler put it.</param>
/// <param name="Address">The address of its instruction, once what moved the file after it was linked is made up for.</param>
/// <param name="Semaphore">The address of the counter that says how many watch it; 0 when it has none.</param>
/// <param name="Arguments">Where its arguments are, as the compiler wrote it: <c>-4@%edi 8@-16(%rbp)</c>.</param>
public sealed record UsdtProbe(string Provider, string Name, ulong Address, ulong Semaphore, string Arguments)
{
    /// <summary>Reads <see cref="Arguments"/>. What is not understood has kind <see cref="UsdtArgumentKind.Unknown"/>.</summary>
    public ImmutableArray<UsdtArgument> Decode(ElfMachine machine) =>
    [
        .. UsdtArgument.Split(Arguments).Select(text => UsdtArgument.Parse(text, machine)),
    ];
}
