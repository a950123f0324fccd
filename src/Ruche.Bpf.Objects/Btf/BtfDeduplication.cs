// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>A set without duplicates.</summary>
/// <param name="Spec">The new set, with only the strings its types use.</param>
/// <param name="Ids">The new id of each old one.</param>
public sealed record BtfDeduplication(BtfSpec Spec, ImmutableArray<int> Ids);
