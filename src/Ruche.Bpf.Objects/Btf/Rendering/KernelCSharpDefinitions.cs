// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Ruche.Bpf.Objects.Skeletons;

namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>Writes the C# definitions of types that programs in the kernel use.</summary>
internal sealed partial class KernelCSharpDefinitions(BtfSpec spec, KernelCSharpTypes types, TextWriter output)
{
    private readonly KernelCSharpSpelling _spelling = new(spec, types);
    private readonly BtfAlignment _alignment = new(spec);
    private readonly StringBuilder _text = new();

    /// <summary>Writes one type.</summary>
    public void Write(KernelCSharpType type)
    {
        _text.Clear().Append('\n');
        string summary = type.KernelName.Length > 0 ? CSharpText.Code(type.KernelName) : "A type without a name.";
        _text.Append(CultureInfo.InvariantCulture, $"/// <summary>{summary}</summary>\n");
        _text.Append(CultureInfo.InvariantCulture, $"[KernelType({CSharpText.Literal(type.KernelName)})]\n");
        if (spec[type.Id] is BtfType.Enum enumeration) AppendEnum(type, enumeration);
        else AppendStruct(type);
        output.Write(_text);
    }

    /// <summary>Writes the inline arrays that have been used.</summary>
    public void WriteArrays()
    {
        foreach (int count in _spelling.Arrays)
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $$"""

                /// <summary>An array of {{count}} elements.</summary>
                [InlineArray({{count}})]
                public struct Array{{count}}<T>
                    where T : unmanaged
                {
                    private T _first;
                }

                """));
        }
    }

    private void AppendStruct(KernelCSharpType type)
    {
        string pack = _alignment.IsPacked(type.Id) ? ", Pack = 1" : "";
        int size = spec.SizeOf(type.Id);
        _text.Append(CultureInfo.InvariantCulture, $"[StructLayout(LayoutKind.Explicit, Size = {Math.Max(size, 1)}{pack})]\n");
        _text.Append(CultureInfo.InvariantCulture, $"public unsafe struct {KernelCSharpNames.OfType(type.Name)}\n{{\n");
        KernelCSharpNames names = new(type.Name);
        foreach (var member in type.Members)
        {
            if (!names.TryTake(KernelCSharpNames.Plain(member.Name))) AppendLeftOut(member);
            else if (member.BitSize != 0) AppendBitField(type, member);
            else AppendField(type, member, size);
        }
        _text.Append("}\n");
    }

    private void AppendEnum(KernelCSharpType type, BtfType.Enum enumeration)
    {
        _text.Append(CultureInfo.InvariantCulture,
            $"public enum {KernelCSharpNames.OfType(type.Name)} : {CSharpNumbers.Integer(enumeration.Size, enumeration.IsSigned)}\n{{\n");
        KernelCSharpNames names = new();
        foreach (var value in enumeration.Values)
        {
            string name = names.Take(KernelCSharpNames.Plain(value.Name));
            _text.Append(CultureInfo.InvariantCulture, $"    {KernelCSharpNames.OfMember(name)} = {CSharpNumbers.ValueOf(enumeration, value)},\n");
        }
        _text.Append("}\n");
    }
}
