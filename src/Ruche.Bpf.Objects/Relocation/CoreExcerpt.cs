// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Linking;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Objects.Relocation;

/// <summary>
/// The part of a target's types that the relocations of some objects ask about: enough for them to get the answers they get from the
/// whole, ids of types excepted. Not thread-safe.
/// </summary>
public sealed class CoreExcerpt
{
    private readonly BtfSpec _target;

    // By kept type: which of its members are kept. Types without members have an empty set.
    private readonly SortedDictionary<int, HashSet<int>> _kept = [];
    private readonly HashSet<(int Id, bool WithMembers)> _compared = [];

    /// <summary>An excerpt of these types that has nothing yet. What continues a base cannot be cut.</summary>
    public CoreExcerpt(BtfSpec target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.Base is not null) throw new ArgumentException("a split set has no types of its base to keep", nameof(target));
        _target = target;
    }

    /// <summary>Adds what the programs of an object need.</summary>
    public void Add(ObjectSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Btf is not { } local) return;
        CoreCandidates candidates = new(local, () => [_target]);
        foreach (var relocation in spec.Programs.SelectMany(p => ProgramLinker.Link(p, spec).CoreRelocations).Distinct())
        {
            if (relocation.Kind is CoreRelocationKind.TypeIdLocal || CorePath.Read(local, relocation) is not { } path) continue;
            foreach (var (btf, type) in candidates.For(relocation.Type))
            {
                if (CoreMatch.Find(path, relocation.Kind, btf, type).Result is { } match) Keep(match, relocation.Kind);
            }
        }
    }

    /// <summary>The excerpt as a set of its own, with ids of its own.</summary>
    public BtfSpec Build()
    {
        int next = 1;
        var ids = _kept.Keys.ToDictionary(id => id, _ => next++);
        BtfBuilder builder = new();
        foreach (var (id, members) in _kept)
        {
            var type = _target[id];
            if (type is BtfType.Composite x) type = x with { Members = [.. x.Members.Where((_, index) => members.Contains(index))] };
            builder.Add(BtfReferences.Map(type, other => ids.GetValueOrDefault(other)));
        }
        return builder.Build(_target.ByteOrder);
    }

    private void Keep(CorePath match, CoreRelocationKind kind)
    {
        if (CoreQuestion.IsAboutType(kind))
        {
            KeepCompared(match.Root, withMembers: kind is CoreRelocationKind.TypeMatches);
            return;
        }
        KeepShape(match.Root);
        int holder = _target.Resolve(match.Root);
        foreach (var step in match.Steps)
        {
            if (step.Field is not null && _target[step.Type] is BtfType.Composite composite)
            {
                KeepWayIn(holder, step.Type, 0);
                KeepMember(step.Type, step.Index);
                holder = _target.Resolve(composite.Members[step.Index].Type);
            }
            else
            {
                holder = step.Type;
            }
        }
    }

    /// <summary>The anonymous members that lead from a struct to one nested in it. Whether they do.</summary>
    private bool KeepWayIn(int holder, int wanted, int depth)
    {
        if (holder == wanted) return true;
        if (depth > BtfSpec.MaxDepth || _target[holder] is not BtfType.Composite composite) return false;
        for (int i = 0; i < composite.Members.Length; i++)
        {
            var member = composite.Members[i];
            if (member.Name.Length > 0 || !KeepWayIn(_target.Resolve(member.Type), wanted, depth + 1)) continue;
            KeepMember(holder, i);
            return true;
        }
        return false;
    }

    private void KeepMember(int id, int index)
    {
        Take(id).Add(index);
        KeepShape(((BtfType.Composite)_target[id]).Members[index].Type);
    }

    /// <summary>A type as its users see it: its size, and what it is made of, but no members and nothing behind pointers.</summary>
    private void KeepShape(int id)
    {
        if (id == 0 || _kept.ContainsKey(id)) return;
        Take(id);
        if (_target[id] is BtfType.Pointer) return;
        foreach (int other in ShapeOf(id)) KeepShape(other);
    }

    /// <summary>A type with all that a comparison looks at, which never is the members of what pointers lead to.</summary>
    private void KeepCompared(int id, bool withMembers)
    {
        if (id == 0 || !_compared.Add((id, withMembers))) return;
        var members = Take(id);
        switch (_target[id])
        {
            case BtfType.Composite composite when withMembers:
                for (int i = 0; i < composite.Members.Length; i++)
                {
                    members.Add(i);
                    KeepCompared(composite.Members[i].Type, withMembers);
                }
                break;
            case BtfType.Pointer pointer:
                KeepCompared(pointer.Target, withMembers: false);
                break;
            default:
                foreach (int other in ShapeOf(id)) KeepCompared(other, withMembers);
                break;
        }
    }

    private IEnumerable<int> ShapeOf(int id) => _target[id] is BtfType.Composite or BtfType.Enum ? [] : BtfReferences.Of(_target[id]);

    private HashSet<int> Take(int id)
    {
        if (!_kept.TryGetValue(id, out var members)) _kept.Add(id, members = []);
        return members;
    }
}
