// SPDX-License-Identifier: MIT
using Ruche.Bpf.Types;

namespace Ruche.Cli.Bpf.Types;

/// <summary>A set of types as it is listed, with the programs and maps that use it.</summary>
internal sealed record TypesRow(LoadedTypesInfo Info, IReadOnlyList<uint> Programs, IReadOnlyList<uint> Maps);
