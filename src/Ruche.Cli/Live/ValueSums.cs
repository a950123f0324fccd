// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf.Values;

namespace Ruche.Cli.Live;

/// <summary>Adds up the values that CPUs hold apart, and weighs values against each other.</summary>
internal static class ValueSums
{
    /// <summary>The sum: integers are added, structures and arrays part by part; what cannot be added is taken from the first that is not zero.</summary>
    public static BtfValue Sum(ImmutableArray<BtfValue> parts)
    {
        BtfValue sum = parts[0];
        for (int cpu = 1; cpu < parts.Length; cpu++) sum = Add(sum, parts[cpu]);
        return sum;
    }

    /// <summary>Whether nothing in the value differs from zero.</summary>
    public static bool IsZero(BtfValue value) => value switch
    {
        BtfValue.Signed x => x.Value == 0,
        BtfValue.Unsigned x => x.Value == 0,
        BtfValue.Character x => x.Value == 0,
        BtfValue.Boolean x => !x.Value,
        BtfValue.Real x => x.Value == 0,
        BtfValue.Enumerated x => x.Value == 0,
        BtfValue.Pointer x => x.Address == 0,
        BtfValue.Text x => x.Bytes.IsEmpty,
        BtfValue.Array x => x.Items.All(IsZero),
        BtfValue.Composite x => x.Fields.All(field => IsZero(field.Value)),
        BtfValue.Opaque x => x.Bytes.All(b => b == 0),
        _ => false,
    };

    /// <summary>What a row is sorted by: its number, or the first number in it.</summary>
    public static Int128 Weight(BtfValue value) => value switch
    {
        BtfValue.Signed x => x.Value,
        BtfValue.Unsigned x => (Int128)x.Value,
        BtfValue.Composite { Fields: [var first, ..] } => Weight(first.Value),
        _ => 0,
    };

    private static BtfValue Add(BtfValue left, BtfValue right) => (left, right) switch
    {
        (BtfValue.Signed a, BtfValue.Signed b) => new BtfValue.Signed(a.Value + b.Value),
        (BtfValue.Unsigned a, BtfValue.Unsigned b) => new BtfValue.Unsigned(a.Value + b.Value),
        (BtfValue.Composite a, BtfValue.Composite b) when a.Fields.Length == b.Fields.Length =>
            a with { Fields = [.. a.Fields.Zip(b.Fields, (x, y) => x with { Value = Add(x.Value, y.Value) })] },
        (BtfValue.Array a, BtfValue.Array b) when a.Items.Length == b.Items.Length => new BtfValue.Array([.. a.Items.Zip(b.Items, Add)]),
        _ => IsZero(left) ? right : left,
    };
}
