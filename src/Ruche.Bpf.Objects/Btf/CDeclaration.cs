// SPDX-License-Identifier: MIT
using System.Text;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>
/// Writes a type around a name the way C declares it. <paramref name="specifier"/> may say how a struct, union, enum, typedef or number is
/// written, which otherwise is by its name.
/// </summary>
internal sealed class CDeclaration(BtfSpec spec, Utf8Text text, Action<int>? specifier = null)
{
    // Hostile prototypes can nest exponentially; nothing readable is longer than this.
    private const int MaxLength = 4096;
    private const int MaxWork = 2048;

    private int _work;

    /// <summary>The declaration of <paramref name="name"/>, or the bare type when it is empty.</summary>
    public static string Text(BtfSpec spec, int id, string name = "")
    {
        Utf8Text text = new();
        new CDeclaration(spec, text).Write(id, Encoding.UTF8.GetBytes(name));
        return text.ToString();
    }

    /// <summary>Declares <paramref name="name"/>, or writes the bare type when it is empty.</summary>
    public void Write(int id, ReadOnlySpan<byte> name)
    {
        _work = 0;
        if (spec.KindOf(id) is BtfKind.Function or BtfKind.Variable)
        {
            if (name.IsEmpty) name = spec.NameBytesOf(id);
            id = spec.TargetOf(id);
        }
        Write(id, name, 0);
    }

    private void Write(int id, ReadOnlySpan<byte> name, int depth)
    {
        if (++_work > MaxWork)
        {
            text.Add("…"u8);
            return;
        }
        WriteBefore(id, depth);
        if (!name.IsEmpty) AddWord(name);
        WriteAfter(id, depth);
    }

    /// <summary>What stands left of the name, from the outermost type inwards: specifier, qualifiers, stars.</summary>
    private void WriteBefore(int id, int depth)
    {
        if (depth > BtfSpec.MaxDepth)
        {
            AddWord("…"u8);
            return;
        }
        switch (spec.KindOf(id))
        {
            case BtfKind.Pointer:
                int target = spec.TargetOf(id);
                WriteBefore(target, depth + 1);
                AddWord(IsWrapped(target) ? "(*"u8 : "*"u8);
                break;
            case BtfKind.Array: WriteBefore(spec.ArrayAt(id).Element, depth + 1); break;
            case BtfKind.Const: WriteQualified(id, "const"u8, depth); break;
            case BtfKind.Volatile: WriteQualified(id, "volatile"u8, depth); break;
            case BtfKind.Restrict: WriteQualified(id, "restrict"u8, depth); break;
            case BtfKind.FunctionPrototype or BtfKind.TypeTag or BtfKind.Function or BtfKind.Variable: WriteBefore(spec.TargetOf(id), depth + 1); break;
            default: WriteSpecifier(id); break;
        }
    }

    /// <summary>What stands right of the name, from the innermost type outwards: dimensions and parameters.</summary>
    private void WriteAfter(int id, int depth)
    {
        for (; depth <= BtfSpec.MaxDepth; depth++)
        {
            switch (spec.KindOf(id))
            {
                case BtfKind.Pointer:
                    id = spec.TargetOf(id);
                    if (IsWrapped(id)) text.Add(')');
                    break;
                case BtfKind.Array:
                    (id, int count) = spec.ArrayAt(id);
                    text.Add('[').Add(count).Add(']');
                    break;
                case BtfKind.FunctionPrototype:
                    WriteParameters(id, depth);
                    id = spec.TargetOf(id);
                    break;
                case BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict or BtfKind.TypeTag or BtfKind.Function or BtfKind.Variable:
                    id = spec.TargetOf(id);
                    break;
                default: return;
            }
        }
    }

    /// <summary>A qualifier of a pointer stands behind the star, any other in front of the whole.</summary>
    private void WriteQualified(int id, ReadOnlySpan<byte> qualifier, int depth)
    {
        int target = spec.TargetOf(id);
        bool isOnPointer = spec.KindOf(spec.SkipModifiers(target)) is BtfKind.Pointer;
        if (!isOnPointer && spec.KindOf(id) is not BtfKind.Restrict) AddWord(qualifier);
        WriteBefore(target, depth + 1);
        if (isOnPointer) text.Add(' ').Add(qualifier);
    }

    private void WriteParameters(int id, int depth)
    {
        int count = spec.LengthOf(id), start = text.Length;
        text.Add('(');
        for (int i = 0; i < count && text.Length - start < MaxLength; i++)
        {
            int type = spec.ParameterAt(id, i).Type;
            bool isVariadic = type == 0 && i == count - 1;
            if (i > 0) text.Add(", "u8);
            if (!isVariadic) Write(type, [], depth + 1);
            else if (i > 0) text.Add("..."u8); // alone it is not C: f() takes anything
        }
        if (count == 0) text.Add("void"u8);
        text.Add(')');
    }

    private void WriteSpecifier(int id)
    {
        AddWord([]);
        if (specifier is not null)
        {
            specifier(id);
            return;
        }
        var name = spec.NameBytesOf(id);
        if (Keyword(id) is { IsEmpty: false } keyword) text.Add(keyword).Add(' ');
        text.Add(spec.KindOf(id) is BtfKind.Void ? "void"u8 : name.IsEmpty ? "(anonymous)"u8 : name);
    }

    private ReadOnlySpan<byte> Keyword(int id) => spec.KindOf(id) switch
    {
        BtfKind.Struct => "struct"u8,
        BtfKind.Union => "union"u8,
        BtfKind.Enum or BtfKind.Enum64 => "enum"u8,
        BtfKind.Forward => BtfInfo.Flag(spec.InfoOf(id)) ? "union"u8 : "struct"u8,
        _ => [],
    };

    // A star binds to arrays and functions only within parentheses.
    private bool IsWrapped(int id)
    {
        for (int depth = 0; depth < BtfSpec.MaxDepth && spec.KindOf(id) is BtfKind.TypeTag; depth++) id = spec.TargetOf(id);
        return spec.KindOf(id) is BtfKind.Array or BtfKind.FunctionPrototype;
    }

    private void AddWord(ReadOnlySpan<byte> word)
    {
        if (text.Last is not ((byte)'*' or (byte)'(' or (byte)' ' or (byte)'\t' or (byte)'\n' or 0)) text.Add(' ');
        text.Add(word);
    }
}
