// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Relocation;

/// <summary>Puts into words what a relocation asked for and what the target has.</summary>
internal sealed class CoreReason(BtfSpec local, CoreRelocation relocation, CorePath? path, CoreCandidates candidates)
{
    /// <summary>The access as C would write it.</summary>
    public string Access()
    {
        StringBuilder text = new((uint)relocation.Type < (uint)local.Count ? local.TypeNameOf(relocation.Type) : $"type {relocation.Type}");
        if (path is null) return text.Append(" at ").Append(relocation.Access).ToString();
        for (int i = 0; i < path.Steps.Length; i++)
        {
            var step = path.Steps[i];
            if (step.Field is not null) text.Append('.').Append(step.Field);
            else if (i > 0 || step.Index > 0) text.Append('[').Append(step.Index).Append(']');
        }

        return text.ToString();
    }

    public string Text(string id) => id switch
    {
        CoreDiagnostics.BadRecord when path is null => $"the access path {relocation.Access} does not fit the object's own types",
        CoreDiagnostics.BadRecord => $"{relocation.Kind} cannot be asked about this",
        CoreDiagnostics.BadInstruction => "the instruction cannot hold the target's value, or does not hold the one it was compiled with",
        CoreDiagnostics.SizeMismatch => SizeMismatch(),
        CoreDiagnostics.Ambiguous =>
            $"the target has {candidates.For(relocation.Type).Count} types of this name, which answer differently",
        CoreDiagnostics.MissingType => MissingType(),
        CoreDiagnostics.MissingEnumerator => MissingEnumerator(),
        _ => MissingField(),
    };

    private string SizeMismatch()
    {
        foreach (var (btf, type) in candidates.For(relocation.Type))
        {
            if (CoreMatch.Find(path!, relocation.Kind, btf, type).Result is not { } found) continue;
            return $"the field is {FieldType(path!)} here and {FieldType(found)} in the target; "
                + "a load of it would be wrong, use bpf_core_read or BPF_CORE_READ_BITFIELD";
        }

        return "the target's field has another size";
    }

    private static string FieldType(CorePath path) => path.Last.Field is null
        ? path.Btf.TypeNameOf(path.Last.Type)
        : path.Btf.TypeNameOf(((BtfType.Composite)path.Btf[path.Last.Type]).Members[path.Last.Index].Type);

    private string MissingType()
    {
        string name = CoreName.Essential(local.NameOf(relocation.Type));
        if (name.Length == 0) return "an anonymous type cannot be found in the target";
        var kind = local.KindOf(relocation.Type);
        List<string> others = [];
        foreach (var target in candidates.Targets)
        {
            others.AddRange(target.Find(name).Where(id => id >= target.FirstId).Select(target.TypeNameOf));
        }

        string missing = $"the target has no {Word(kind)} '{name}'";
        if (others.Count > 0) return $"{missing}, but {string.Join(" and ", others.Distinct().Take(3))}";
        return NearestNames.Closest(name, NamesOf(kind)) is { } nearest ? $"{missing}; nearest is '{nearest}'" : missing;
    }

    private IEnumerable<string> NamesOf(BtfKind kind) => candidates.Targets.Count == 0
        ? []
        : candidates.Targets[0].IdsOf(kind).Select(candidates.Targets[0].NameOf);

    private string MissingEnumerator()
    {
        foreach (var (btf, type) in candidates.For(relocation.Type))
        {
            if (btf[btf.Resolve(type)] is not BtfType.Enum values) continue;
            string missing = $"the target's {btf.TypeNameOf(type)} has no value '{path!.Last.Field}'";
            return NearestNames.Closest(path.Last.Field!, values.Values.Select(v => v.Name)) is { } nearest ? $"{missing}; nearest is '{nearest}'" : missing;
        }

        return "the target's type is no enumeration";
    }

    private string MissingField()
    {
        var best = candidates.For(relocation.Type)
            .Select(c => (c.Btf, Match: CoreMatch.Find(path!, relocation.Kind, c.Btf, c.Id)))
            .MaxBy(c => c.Match.Matched);
        var (btf, match) = best;
        if (match.Matched >= path!.Steps.Length) return "the target has the field, but cannot answer this";
        string holder = btf.TypeNameOf(match.Stopped);
        var step = path.Steps[match.Matched];
        if (match.Incompatible is { } member)
        {
            var wanted = ((BtfType.Composite)local[step.Type]).Members[step.Index];
            return $"field '{step.Field}' of the target's {holder} is {btf.TypeNameOf(member.Type)}, expected {local.TypeNameOf(wanted.Type)}";
        }

        if (step.Field is null)
        {
            return btf[match.Stopped] is BtfType.Array array
                ? $"the target's array has {array.Count} elements, element {step.Index} is wanted"
                : $"the target has {holder} where an array is expected";
        }

        string missing = $"the target's {holder} has no field '{step.Field}'";
        return NearestNames.Closest(step.Field, FieldsOf(btf, match.Stopped, 0)) is { } nearest ? $"{missing}; nearest is '{nearest}'" : missing;
    }

    private static IEnumerable<string> FieldsOf(BtfSpec btf, int type, int depth)
    {
        if (depth > 8 || btf[btf.Resolve(type)] is not BtfType.Composite composite) return [];
        return composite.Members.SelectMany(m => m.Name.Length > 0 ? [m.Name] : FieldsOf(btf, m.Type, depth + 1));
    }

    private static string Word(BtfKind kind) => kind switch
    {
        BtfKind.Struct => "struct",
        BtfKind.Union => "union",
        BtfKind.Enum or BtfKind.Enum64 => "enum",
        BtfKind.Typedef => "typedef",
        _ => "type",
    };
}
