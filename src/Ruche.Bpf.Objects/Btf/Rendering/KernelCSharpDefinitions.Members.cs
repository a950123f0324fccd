// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Objects.Skeletons;

namespace Ruche.Bpf.Objects.Btf.Rendering;

internal sealed partial class KernelCSharpDefinitions
{
    private void AppendField(KernelCSharpType owner, KernelCSharpMember member, int size)
    {
        bool isFlexible = _spelling.IsFlexible(member.Type, out int element);
        string? type = _spelling.TypeOf(isFlexible ? element : member.Type, types.NameOf(owner, member));
        if (type is null || !Fits(member, isFlexible, size))
        {
            AppendLeftOut(member);
            return;
        }

        string c = Declaration(member);
        if (isFlexible) AppendSummary($"The first of several: {CSharpText.Code(c)}");
        else if (KernelCSharpSpelling.SaysLess(type) && !c.StartsWith("void *", StringComparison.Ordinal)) AppendSummary(CSharpText.Code(c));
        _text.Append(CultureInfo.InvariantCulture, $"    [FieldOffset({member.Bit / 8})] public {type} {NameOf(member)};\n");
    }

    private void AppendBitField(KernelCSharpType owner, KernelCSharpMember member)
    {
        if (_spelling.TypeOf(member.Type, types.NameOf(owner, member)) is not { } type)
        {
            AppendLeftOut(member);
            return;
        }

        string isSigned = _spelling.IsSigned(member.Type) ? "true" : "false";
        _text.Append(CultureInfo.InvariantCulture, $"    public readonly {type} {NameOf(member)} {{ [KernelBitField(");
        _text.Append(CultureInfo.InvariantCulture, $"{CSharpText.Literal(member.Name)}, {member.Bit}, {member.BitSize}, {isSigned})] get => throw null; }}\n");
    }

    /// <summary>A flexible array may start where the struct ends; anything else has bytes, and they are the struct's.</summary>
    private bool Fits(KernelCSharpMember member, bool isFlexible, int size)
    {
        if (member.Bit % 8 != 0) return false;
        if (isFlexible) return member.Bit / 8 <= size;
        return spec.TrySizeOf(member.Type, out int length) && length > 0 && member.Bit / 8 + length <= size;
    }

    private void AppendLeftOut(KernelCSharpMember member)
    {
        string bits = member.BitSize == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" : {member.BitSize}");
        _text.Append(CultureInfo.InvariantCulture, $"    // left out, at byte {member.Bit / 8}: {Declaration(member)}{bits}\n");
    }

    private void AppendSummary(string text) => _text.Append(CultureInfo.InvariantCulture, $"    /// <summary>{text}</summary>\n");

    private string Declaration(KernelCSharpMember member) => CDeclaration.Text(spec, member.Type, member.Name).ReplaceLineEndings(" ");

    private static string NameOf(KernelCSharpMember member) => KernelCSharpNames.OfMember(KernelCSharpNames.Plain(member.Name));
}
