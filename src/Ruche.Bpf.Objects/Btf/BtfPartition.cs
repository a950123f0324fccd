// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

/// <summary>Divides the types of a set into classes of types that cannot be told apart.</summary>
internal sealed class BtfPartition : IEqualityComparer<int>
{
    // Chains of anonymous types need a round per link. Real sets settle within a few dozen; a set that does not is left as it is.
    private const int MaxRounds = 256;

    private readonly BtfSpec _spec;
    private readonly int[][] _references;
    private readonly List<(int[] Declarations, int[] Definitions)> _declared = [];
    private int[] _classes;

    public BtfPartition(BtfSpec spec)
    {
        _spec = spec;
        _references = new int[spec.Count][];
        _classes = new int[spec.Count];
        for (int id = 0; id < spec.Count; id++) _references[id] = [.. BtfReferences.Of(spec[id]).Select(Checked)];
        PairDeclarations();
    }

    /// <summary>Whether a type only announces a struct, union or enum that is defined elsewhere.</summary>
    public static bool IsDeclaration(BtfType type) => type is BtfType.Forward || (type is BtfType.Enum { Values.IsEmpty: true } && type.Name.Length > 0);

    /// <summary>The class of each id. Void is alone in class 0.</summary>
    public int[] Refine()
    {
        int count = Divide(ByShape());
        for (int round = 0; round < MaxRounds; round++)
        {
            int before = count;
            count = Divide(new Dictionary<int, int>(this));
            if (count == before) return _classes;
        }
        return [.. Enumerable.Range(0, _spec.Count)];
    }

    bool IEqualityComparer<int>.Equals(int x, int y)
    {
        if (_classes[x] != _classes[y]) return false;
        int[] left = _references[x], right = _references[y];
        if (left.Length != right.Length) return false;
        for (int i = 0; i < left.Length; i++)
        {
            if (_classes[left[i]] != _classes[right[i]]) return false;
        }
        return true;
    }

    int IEqualityComparer<int>.GetHashCode(int id)
    {
        HashCode hash = default;
        hash.Add(_classes[id]);
        foreach (int reference in _references[id]) hash.Add(_classes[reference]);
        return hash.ToHashCode();
    }

    private Dictionary<int, int> ByShape() => new(new ShapeComparer(_spec));

    /// <summary>Numbers the classes anew; equal keys of <paramref name="numbers"/> share one. Returns how many there are.</summary>
    private int Divide(Dictionary<int, int> numbers)
    {
        int[] classes = new int[_spec.Count];
        int count = 1;
        for (int id = 1; id < classes.Length; id++)
        {
            if (!numbers.TryGetValue(id, out int number)) numbers.Add(id, number = count++);
            classes[id] = number;
        }
        foreach (var (declarations, definitions) in _declared)
        {
            int number = classes[definitions[0]];
            if (definitions.Any(d => classes[d] != number)) continue;
            foreach (int declaration in declarations) classes[declaration] = number;
        }
        _classes = classes;
        return classes.Distinct().Count();
    }

    private void PairDeclarations()
    {
        var named = Enumerable.Range(1, _spec.Count - 1)
            .Where(id => _spec.NameOf(id).Length > 0 && Family(_spec[id]) is not null)
            .GroupBy(id => (Family(_spec[id]), _spec.NameOf(id)));
        foreach (var group in named)
        {
            var parts = group.ToLookup(id => IsDeclaration(_spec[id]));
            if (parts[true].Any() && parts[false].Any()) _declared.Add(([.. parts[true]], [.. parts[false]]));
        }
    }

    private static string? Family(BtfType type) => type switch
    {
        BtfType.Composite { IsUnion: true } or BtfType.Forward { IsUnion: true } => "union",
        BtfType.Composite or BtfType.Forward => "struct",
        BtfType.Enum => "enum",
        _ => null,
    };

    private int Checked(int id)
    {
        if ((uint)id >= (uint)_spec.Count)
            _spec.Throw(BtfDiagnostics.BadTypeId, $"expected a type id below {_spec.Count}, found {(uint)id}", "the image is corrupt");
        return id;
    }
}
