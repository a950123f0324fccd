// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>
/// Rewrites BTF for a kernel that lacks some kinds, each by one that every kernel has and that has the same size, so that
/// ids and string offsets stay what they were. What is lost is only description; the programs are the same.
/// </summary>
public static class BtfSanitizer
{
    private const string PlaceholderName = "enum64_placeholder";

    /// <summary>The same set in terms that <paramref name="supported"/> covers; the set itself when nothing has to change.</summary>
    public static BtfSpec Sanitize(BtfSpec spec, BtfFeatures supported)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var builder = BtfBuilder.From(spec);
        int placeholder = 0;
        bool changed = false;
        for (int id = spec.FirstId; id < spec.Count; id++)
        {
            var type = spec[id];
            if (type is BtfType.Enum { Is64: true } && !supported.HasFlag(BtfFeatures.Enum64) && placeholder == 0)
                placeholder = builder.Add(new BtfType.Int(1, IntEncoding.Signed, 0, 8) { Name = PlaceholderName });
            var replaced = Replace(spec, type, supported, placeholder);
            if (ReferenceEquals(type, replaced)) continue;
            builder[id] = replaced;
            changed = true;
        }
        return changed ? builder.Build(spec.ByteOrder) : spec;
    }

    private static BtfType Replace(BtfSpec spec, BtfType type, BtfFeatures supported, int placeholder) => type switch
    {
        BtfType.Variable when !supported.HasFlag(BtfFeatures.DataSections) => Byte(type.Name),
        BtfType.DataSection x when !supported.HasFlag(BtfFeatures.DataSections) => AsStruct(spec, x),
        BtfType.DataSection x when x.Name.StartsWith('?') && !supported.HasFlag(BtfFeatures.QuestionMarkSections) => x with { Name = '_' + x.Name[1..] },
        BtfType.FunctionPrototype x when !supported.HasFlag(BtfFeatures.Functions) => AsEnum(x),
        BtfType.Function x when !supported.HasFlag(BtfFeatures.Functions) => new BtfType.Typedef(x.Prototype) { Name = x.Name },
        BtfType.Function { Linkage: not BtfLinkage.Static } x when !supported.HasFlag(BtfFeatures.GlobalFunctions) =>
            x with { Linkage = BtfLinkage.Static },
        BtfType.Float x when !supported.HasFlag(BtfFeatures.Floats) => new BtfType.Composite(IsUnion: false, x.Size, []),
        BtfType.DeclTag when !supported.HasFlag(BtfFeatures.DeclTags) => Byte(type.Name),
        BtfType.TypeTag x when !supported.HasFlag(BtfFeatures.TypeTags) => new BtfType.Const(x.Target),
        BtfType.Enum { Is64: true } x when !supported.HasFlag(BtfFeatures.Enum64) => new BtfType.Composite(
            IsUnion: true, x.Size, ImmutableArray.CreateRange(x.Values, v => new BtfMember(v.Name, placeholder, 0, 0)))
        { Name = x.Name },
        BtfType.Enum { IsSigned: true } x when !supported.HasFlag(BtfFeatures.Enum64) => x with { IsSigned = false },
        _ => type,
    };

    /// <summary>One byte is never larger than the variable it stands for, which the kernel would refuse.</summary>
    private static BtfType.Int Byte(string name) => new(1, IntEncoding.None, 0, 8) { Name = name };

    private static BtfType.Composite AsStruct(BtfSpec spec, BtfType.DataSection section)
    {
        var members = ImmutableArray.CreateRange(section.Variables, v => new BtfMember(spec.NameOf(v.Type), v.Type, v.Offset * 8, 0));
        return new(IsUnion: false, section.Size, members) { Name = section.Name.Replace('.', '_').Replace('?', '_') };
    }

    private static BtfType.Enum AsEnum(BtfType.FunctionPrototype prototype) => new(
        sizeof(uint), IsSigned: false, Is64: false,
        ImmutableArray.CreateRange(prototype.Parameters, p => new BtfEnumerator(p.Name, (ulong)p.Type)));
}
