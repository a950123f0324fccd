// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Objects.Relocation;

/// <summary>Finds in a target's type what a path names in the object's: by names of fields, whatever their order and nesting.</summary>
internal sealed class CoreMatch
{
    private const int MaxNesting = 64;

    private readonly CorePath _path;
    private readonly BtfSpec _target;
    private readonly int _root;
    private readonly CoreComparison _comparison;
    private readonly ImmutableArray<CoreStep>.Builder _steps = ImmutableArray.CreateBuilder<CoreStep>();
    private long _bitOffset;
    private int _visited;

    private CoreMatch(CorePath path, BtfSpec target, int root)
    {
        _path = path;
        _target = target;
        _root = root;
        _comparison = new(path.Btf, target);
    }

    /// <summary>How many steps of the path the target has; all of them when the match succeeded.</summary>
    public int Matched { get; private set; }

    /// <summary>The target's type that the first unmatched step was looked for in.</summary>
    public int Stopped { get; private set; }

    /// <summary>Whether the first unmatched step has the right name but a type that cannot stand for the local one.</summary>
    public BtfMember? Incompatible { get; private set; }

    /// <summary>The path in the target, or null when it has none.</summary>
    public CorePath? Result { get; private set; }

    public static CoreMatch Find(CorePath path, CoreRelocationKind kind, BtfSpec target, int root)
    {
        CoreMatch match = new(path, target, root);
        if (CoreQuestion.IsAboutType(kind)) match.FindType(kind);
        else if (CoreQuestion.IsAboutEnumerator(kind)) match.FindEnumerator();
        else match.FindField();
        return match;
    }

    private void FindType(CoreRelocationKind kind)
    {
        bool matches = kind is CoreRelocationKind.TypeMatches
            ? _comparison.DoTypesMatch(_path.Root, _root)
            : _comparison.AreTypesCompatible(_path.Root, _root);
        if (matches) Result = new(_target, _root, [], 0);
    }

    private void FindEnumerator()
    {
        int id = _target.Resolve(_root);
        if (_target[id] is not BtfType.Enum values) return;
        for (int i = 0; i < values.Values.Length; i++)
        {
            if (!CoreName.Match(values.Values[i].Name, _path.Last.Field!)) continue;
            Result = new(_target, _root, [new(id, i, values.Values[i].Name)], 0);
            return;
        }
    }

    private void FindField()
    {
        int id = _root;
        foreach (var step in _path.Steps)
        {
            id = _target.Resolve(id);
            Stopped = id;
            if (!(step.Field is null ? TryElement(step, ref id) : TryMember(step, id, out id, 0))) return;
            Matched++;
        }

        Result = new(_target, _root, _steps.DrainToImmutable(), _bitOffset);
    }

    private bool TryElement(CoreStep step, ref int id)
    {
        if (_steps.Count > 0)
        {
            if (_target[id] is not BtfType.Array array) return false;
            if (step.Index >= array.Count && !CorePath.IsFlexible(_target, _steps[^1], array)) return false;
            id = _target.Resolve(array.Element);
        }

        if (!_target.TrySizeOf(id, out int size)) return false;
        _steps.Add(new(id, step.Index, null));
        _bitOffset += (long)step.Index * size * 8;
        return true;
    }

    private bool TryMember(CoreStep step, int id, out int next, int depth)
    {
        next = 0;
        if (depth > MaxNesting || ++_visited > 4096 || _target[_target.Resolve(id)] is not BtfType.Composite composite) return false;
        id = _target.Resolve(id);
        for (int i = 0; i < composite.Members.Length; i++)
        {
            var member = composite.Members[i];
            if (member.Name.Length == 0)
            {
                if (!TryMember(step, member.Type, out next, depth + 1)) continue;
                _bitOffset += member.BitOffset;
                return true;
            }

            if (member.Name != step.Field) continue;
            var wanted = ((BtfType.Composite)_path.Btf[step.Type]).Members[step.Index];
            if (!_comparison.AreFieldsCompatible(wanted.Type, member.Type))
            {
                Incompatible = member;
                return false;
            }

            _steps.Add(new(id, i, member.Name));
            _bitOffset += member.BitOffset;
            next = member.Type;
            return true;
        }

        return false;
    }
}
