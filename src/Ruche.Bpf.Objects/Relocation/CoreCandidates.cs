// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Objects.Relocation;

/// <summary>Finds the target's types of the same kind and essential name; what was found is kept.</summary>
internal sealed class CoreCandidates(BtfSpec local, Func<IReadOnlyList<BtfSpec>> open)
{
    private readonly Dictionary<int, List<(BtfSpec Btf, int Id)>> _found = [];
    private IReadOnlyList<BtfSpec>? _targets;
    private ILookup<string, string>? _flavors;

    public IReadOnlyList<BtfSpec> Targets => _targets ??= open();

    /// <summary>The candidates for a local type: of the first target when it has any, otherwise of the others (modules).</summary>
    public IReadOnlyList<(BtfSpec Btf, int Id)> For(int type)
    {
        if (_found.TryGetValue(type, out var known)) return known;
        List<(BtfSpec, int)> found = [];
        string name = CoreName.Essential(local.NameOf(type));
        if (name.Length > 0)
        {
            for (int i = 0; i < Targets.Count; i++)
            {
                if (i == 1 && found.Count > 0) break;
                Collect(Targets[i], local.KindOf(type), name, found);
            }
        }

        _found.Add(type, found);
        return found;
    }

    private void Collect(BtfSpec target, BtfKind kind, string name, List<(BtfSpec, int)> found)
    {
        foreach (int id in target.FindTypes(name).Concat(FlavorsOf(target, name).SelectMany(target.FindTypes)))
        {
            if (id >= target.FirstId && CoreComparison.AreKindsCompatible(kind, target.KindOf(id))) found.Add((target, id));
        }
    }

    // Only the first target is searched for flavours: the kernel proper has next to none, and its modules come later.
    private IEnumerable<string> FlavorsOf(BtfSpec target, string name)
    {
        if (!ReferenceEquals(target, Targets[0])) return [];
        return (_flavors ??= Flavors(target).ToLookup(CoreName.Essential))[name];
    }

    private static HashSet<string> Flavors(BtfSpec target)
    {
        HashSet<string> flavors = new(StringComparer.Ordinal);
        var image = target.Image.Span;
        var strings = image[BtfHeader.Read(image, new(BtfDiagnostics.Truncated, "BTF")).Strings];
        for (int at = 0; strings[at..].IndexOf("___"u8) is >= 0 and var found;)
        {
            at += found;
            int start = strings[..at].LastIndexOf((byte)0) + 1;
            int length = strings[at..].IndexOf((byte)0);
            int end = length < 0 ? strings.Length : at + length;
            string text = Encoding.UTF8.GetString(strings[start..end]);
            if (CoreName.Essential(text).Length < text.Length) flavors.Add(text);
            at = end;
        }

        return flavors;
    }
}
