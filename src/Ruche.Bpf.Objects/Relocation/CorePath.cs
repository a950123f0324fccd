// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Objects.Relocation;

/// <summary>
/// What a relocation asks about, in one set of types: a type (no steps), an enumerator (one step), or a field (a step for the root,
/// then one per named field or array index; anonymous structs take none).
/// </summary>
internal sealed record CorePath(BtfSpec Btf, int Root, ImmutableArray<CoreStep> Steps, long BitOffset)
{
    private const int MaxSteps = 64;

    public CoreStep Last => Steps[^1];

    /// <summary>Reads the access path of a record against the object's own types; null when it does not fit them.</summary>
    public static CorePath? Read(BtfSpec btf, CoreRelocation relocation)
    {
        if ((uint)relocation.Type >= (uint)btf.Count || Numbers(relocation.Access) is not { } numbers) return null;
        if (CoreQuestion.IsAboutType(relocation.Kind)) return numbers is [0] ? new(btf, relocation.Type, [], 0) : null;
        int root = btf.Resolve(relocation.Type);
        if (CoreQuestion.IsAboutEnumerator(relocation.Kind))
        {
            return numbers.Length == 1 && btf[root] is BtfType.Enum values && numbers[0] < values.Values.Length
                ? new(btf, relocation.Type, [new(root, numbers[0], values.Values[numbers[0]].Name)], 0)
                : null;
        }

        return Field(btf, relocation.Type, root, numbers);
    }

    private static CorePath? Field(BtfSpec btf, int original, int root, int[] numbers)
    {
        if (!btf.TrySizeOf(root, out int size)) return null;
        var steps = ImmutableArray.CreateBuilder<CoreStep>(numbers.Length);
        steps.Add(new(root, numbers[0], null));
        long offset = (long)numbers[0] * size * 8;
        int id = root;
        foreach (int number in numbers.AsSpan(1))
        {
            switch (btf[id])
            {
                case BtfType.Composite composite when number < composite.Members.Length:
                    var member = composite.Members[number];
                    offset += member.BitOffset;
                    if (member.Name.Length > 0) steps.Add(new(id, number, member.Name));
                    id = btf.Resolve(member.Type);
                    break;
                case BtfType.Array array when number < array.Count || IsFlexible(btf, steps[^1], array):
                    id = btf.Resolve(array.Element);
                    if (!btf.TrySizeOf(id, out size)) return null;
                    steps.Add(new(id, number, null));
                    offset += (long)number * size * 8;
                    break;
                default:
                    return null;
            }
        }

        return new(btf, original, steps.DrainToImmutable(), offset);
    }

    /// <summary>Whether an array is a flexible one: without a length, as the last field of its struct.</summary>
    public static bool IsFlexible(BtfSpec btf, CoreStep holder, BtfType.Array array) =>
        array.Count == 0 && holder.Field is not null
        && btf[holder.Type] is BtfType.Composite composite && holder.Index == composite.Members.Length - 1;

    private static int[]? Numbers(string access)
    {
        string[] parts = access.Split(':', MaxSteps + 1);
        if (parts.Length > MaxSteps) return null;
        int[] numbers = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], System.Globalization.NumberStyles.None, null, out numbers[i])) return null;
        }

        return numbers;
    }
}
