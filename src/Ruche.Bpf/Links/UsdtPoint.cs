// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Elf;

namespace Ruche.Bpf.Links;

/// <summary>One place of a file where a static trace point of user space is. Several may have one name.</summary>
/// <param name="Path">The file.</param>
/// <param name="Provider">Who offers it.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Offset">Where in the file.</param>
/// <param name="CounterOffset">Where in the file the counter is that is raised while it is watched; 0 for none.</param>
/// <param name="Arguments">Where its arguments are.</param>
public sealed record UsdtPoint(string Path, string Provider, string Name, ulong Offset, ulong CounterOffset, ImmutableArray<UsdtArgument> Arguments);
