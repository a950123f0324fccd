// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Elf;

namespace Ruche.Bpf.Links;

/// <summary>One place in a file where a static trace point is.</summary>
/// <param name="Offset">Where in the file.</param>
/// <param name="Counter">Where in the file its semaphore is; 0 for none.</param>
/// <param name="FixedAddress">Its address in every process; 0 when the file is loaded anywhere.</param>
/// <param name="ArgumentText">Where its arguments are, as the compiler wrote it.</param>
/// <param name="Arguments">The same, read.</param>
internal sealed record UsdtPlace(ulong Offset, ulong Counter, ulong FixedAddress, string ArgumentText, ImmutableArray<UsdtArgument> Arguments);
