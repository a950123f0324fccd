// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Objects.Images;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>Writes types and strings as one BTF image.</summary>
internal static class BtfImage
{
    public static byte[] Write(IReadOnlyList<BtfType> types, BtfStringTable strings, ByteOrder order)
    {
        ImageWriter writer = new(order, types.Count * 24 + strings.Length + BtfHeader.Size);
        writer.U16(BtfHeader.Magic);
        writer.U8(1);
        writer.U8(0);
        writer.U32(BtfHeader.Size);
        for (int word = 0; word < 4; word++) writer.U32(0);
        foreach (var type in types) Write(writer, type, strings);
        int length = writer.Length - BtfHeader.Size;
        writer.PatchU32(12, (uint)length);
        writer.PatchU32(16, (uint)length);
        writer.PatchU32(20, (uint)strings.Length);
        writer.Bytes(strings.Section);
        return writer.ToArray();
    }

    private static void Write(ImageWriter writer, BtfType type, BtfStringTable strings)
    {
        writer.I32(strings.Add(type.Name));
        switch (type)
        {
            case BtfType.Int x:
                Common(writer, BtfInfo.Make(BtfKind.Int), x.Size);
                writer.U32(((uint)x.Encoding << 24) | ((uint)x.BitOffset << 16) | (uint)x.Bits);
                break;
            case BtfType.Pointer x: Common(writer, BtfInfo.Make(BtfKind.Pointer), x.Target); break;
            case BtfType.Array x:
                Common(writer, BtfInfo.Make(BtfKind.Array), 0);
                writer.I32(x.Element);
                writer.I32(x.Index);
                writer.I32(x.Count);
                break;
            case BtfType.Composite x: WriteComposite(writer, x, strings); break;
            case BtfType.Enum x: WriteEnum(writer, x, strings); break;
            case BtfType.Forward x: Common(writer, BtfInfo.Make(BtfKind.Forward, flag: x.IsUnion), 0); break;
            case BtfType.Typedef x: Common(writer, BtfInfo.Make(BtfKind.Typedef), x.Target); break;
            case BtfType.Volatile x: Common(writer, BtfInfo.Make(BtfKind.Volatile), x.Target); break;
            case BtfType.Const x: Common(writer, BtfInfo.Make(BtfKind.Const), x.Target); break;
            case BtfType.Restrict x: Common(writer, BtfInfo.Make(BtfKind.Restrict), x.Target); break;
            case BtfType.Function x: Common(writer, BtfInfo.Make(BtfKind.Function, (int)x.Linkage), x.Prototype); break;
            case BtfType.FunctionPrototype x: WritePrototype(writer, x, strings); break;
            case BtfType.Variable x:
                Common(writer, BtfInfo.Make(BtfKind.Variable), x.Target);
                writer.I32((int)x.Linkage);
                break;
            case BtfType.DataSection x: WriteSection(writer, x); break;
            case BtfType.Float x: Common(writer, BtfInfo.Make(BtfKind.Float), x.Size); break;
            case BtfType.DeclTag x:
                Common(writer, BtfInfo.Make(BtfKind.DeclTag, flag: x.IsAttribute), x.Target);
                writer.I32(x.Component);
                break;
            case BtfType.TypeTag x: Common(writer, BtfInfo.Make(BtfKind.TypeTag, flag: x.IsAttribute), x.Target); break;
            default: throw new UnreachableException($"no case for {type.GetType().Name}");
        }
    }

    private static void Common(ImageWriter writer, uint info, int sizeOrType)
    {
        writer.U32(info);
        writer.I32(sizeOrType);
    }

    private static void WriteComposite(ImageWriter writer, BtfType.Composite type, BtfStringTable strings)
    {
        bool hasBitSizes = type.Members.Any(m => m.BitSize != 0);
        Common(writer, BtfInfo.Make(type.IsUnion ? BtfKind.Union : BtfKind.Struct, type.Members.Length, hasBitSizes), type.Size);
        foreach (var member in type.Members)
        {
            writer.I32(strings.Add(member.Name));
            writer.I32(member.Type);
            writer.I32(member.BitOffset | (member.BitSize << 24));
        }
    }

    private static void WriteEnum(ImageWriter writer, BtfType.Enum type, BtfStringTable strings)
    {
        Common(writer, BtfInfo.Make(type.Is64 ? BtfKind.Enum64 : BtfKind.Enum, type.Values.Length, type.IsSigned), type.Size);
        foreach (var value in type.Values)
        {
            writer.I32(strings.Add(value.Name));
            writer.U32((uint)value.Value);
            if (type.Is64) writer.U32((uint)(value.Value >> 32));
        }
    }

    private static void WritePrototype(ImageWriter writer, BtfType.FunctionPrototype type, BtfStringTable strings)
    {
        Common(writer, BtfInfo.Make(BtfKind.FunctionPrototype, type.Parameters.Length), type.Return);
        foreach (var parameter in type.Parameters)
        {
            writer.I32(strings.Add(parameter.Name));
            writer.I32(parameter.Type);
        }
    }

    private static void WriteSection(ImageWriter writer, BtfType.DataSection type)
    {
        Common(writer, BtfInfo.Make(BtfKind.DataSection, type.Variables.Length), type.Size);
        foreach (var variable in type.Variables)
        {
            writer.I32(variable.Type);
            writer.I32(variable.Offset);
            writer.I32(variable.Size);
        }
    }
}
