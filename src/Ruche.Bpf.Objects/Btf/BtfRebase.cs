// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

/// <summary>
/// Moves a split set from one base to another: from the distilled base a kernel module brings along (<c>.BTF.base</c>: names and sizes only) to
/// the types of the kernel it is loaded into.
/// </summary>
public static class BtfRebase
{
    /// <summary>
    /// The own types of <paramref name="split"/> behind those of <paramref name="target"/>. Throws
    /// <see cref="Diagnostics.InvalidObjectException"/> when the target lacks a type, or has it with another size.
    /// </summary>
    public static BtfSpec Rebase(BtfSpec split, BtfSpec target)
    {
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(target);
        int first = split.FirstId;
        int[] ids = new int[split.Count];
        foreach (int used in UsedOfBase(split)) ids[used] = Match(split, used, target);
        for (int id = first; id < split.Count; id++) ids[id] = target.Count + id - first;
        BtfBuilder builder = new(target);
        for (int id = first; id < split.Count; id++) builder.Add(BtfReferences.Map(split[id], ids, split));
        return builder.Build(split.ByteOrder);
    }

    private static IEnumerable<int> UsedOfBase(BtfSpec split) =>
        Enumerable.Range(split.FirstId, split.Count - split.FirstId)
            .SelectMany(id => BtfReferences.Of(split[id]))
            .Where(id => id > 0 && id < split.FirstId)
            .Distinct();

    private static int Match(BtfSpec split, int id, BtfSpec target)
    {
        var wanted = split[id];
        int[] found = [.. target.Find(wanted.Name).Where(candidate => Fits(wanted, target[candidate]))];
        if (found.Length == 0) split.Throw(BtfDiagnostics.BadBase, $"expected {Describe(split, id)} in the base, found none", "the module is for another kernel");
        // A declaration is as good as any definition; a definition must be the only one.
        if (found.Length > 1 && wanted is not BtfType.Forward)
            split.Throw(BtfDiagnostics.BadBase, $"expected one {Describe(split, id)} in the base, found {found.Length}");
        return found.FirstOrDefault(candidate => target[candidate] is not BtfType.Forward, found[0]);
    }

    private static bool Fits(BtfType wanted, BtfType candidate) => (wanted, candidate) switch
    {
        (BtfType.Int x, BtfType.Int y) => x == y,
        (BtfType.Float x, BtfType.Float y) => x == y,
        (BtfType.Composite x, BtfType.Composite y) => x.IsUnion == y.IsUnion && x.Size == y.Size,
        (BtfType.Enum x, BtfType.Enum y) => x.Size == y.Size,
        (BtfType.Forward x, BtfType.Composite y) => x.IsUnion == y.IsUnion,
        (BtfType.Forward x, BtfType.Forward y) => x.IsUnion == y.IsUnion,
        _ => false,
    };

    private static string Describe(BtfSpec spec, int id) =>
        spec.TrySizeOf(id, out int size) ? $"{spec.TypeNameOf(id)} of {size} bytes" : spec.TypeNameOf(id);
}
