// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf.Values;

namespace Ruche.Cli.Live;

/// <summary>One entry: for a per-CPU map <paramref name="Value"/> is the sum and <paramref name="PerCpu"/> the parts.</summary>
internal sealed record MapRow(BtfValue Key, BtfValue Value, ImmutableArray<BtfValue> PerCpu);
