// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>
/// Finds types that say the same and keeps one of each. Two types are the same when no path of references through them ever shows a
/// difference, so recursive structs unify as wholes. A declared struct or enum counts as its definition where all definitions of
/// that name are the same. Variables and data sections stay apart: they are places, not shapes.
/// </summary>
/// <remarks>
/// The partition of the types into classes starts as coarse as possible, by everything but references, and is refined by the
/// classes of the references until nothing changes: what is left together is exactly what cannot be told apart.
/// </remarks>
public static class BtfDeduplicator
{
    /// <summary>The set without duplicates. A split set is also deduplicated against its base, whose ids stay.</summary>
    public static BtfDeduplication Deduplicate(BtfSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        int[] classes = new BtfPartition(spec).Refine();
        int[] kept = Representatives(spec, classes);
        int[] ids = new int[spec.Count];
        int next = spec.FirstId;
        for (int id = 1; id < spec.Count; id++) ids[id] = id < spec.FirstId ? id : kept[classes[id]] == id ? next++ : 0;
        for (int id = spec.FirstId; id < spec.Count; id++) ids[id] = ids[kept[classes[id]]];
        BtfBuilder builder = new(spec.Base);
        for (int id = spec.FirstId; id < spec.Count; id++)
        {
            if (kept[classes[id]] == id) builder.Add(BtfReferences.Map(spec[id], ids, spec));
        }
        return new(builder.Build(spec.ByteOrder), ImmutableArray.Create(ids));
    }

    /// <summary>The type that stays for each class: the first that is not only a declaration.</summary>
    private static int[] Representatives(BtfSpec spec, int[] classes)
    {
        int[] kept = new int[spec.Count];
        for (int id = spec.Count - 1; id > 0; id--)
        {
            ref int best = ref kept[classes[id]];
            if (best == 0 || !BtfPartition.IsDeclaration(spec[id]) || BtfPartition.IsDeclaration(spec[best])) best = id;
        }
        return kept;
    }
}
