// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>Writes C# definitions of types and of all they contain, each once.</summary>
/// <param name="spec">The types.</param>
/// <param name="output">Where the definitions go.</param>
/// <param name="types">The names that are taken around the definitions; they take theirs from it.</param>
internal sealed partial class CSharpDefinitions(BtfSpec spec, TextWriter output, CSharpNames types)
{
    // The runtime refuses larger inline arrays.
    private const int LargestArray = 1 << 20;
    private const int MaxNesting = 16;

    private readonly Dictionary<int, string> _known = [];
    private readonly Queue<int> _waiting = new();
    private readonly SortedSet<int> _arrays = [];
    private readonly BtfAlignment _alignment = new(spec);

    // Anonymous types are written wherever they are used, which hostile ones can multiply without end.
    private long _allowance = 100_000 + 64L * spec.Count;

    /// <summary>A struct, union or enumeration, directly or by another name, and what it contains.</summary>
    public void Define(int id)
    {
        NameOf(id, "");
        WriteUsed();
    }

    /// <summary>The C# type of a value; null when C# has none. What it needs is written by <see cref="WriteUsed"/>.</summary>
    /// <param name="id">The type.</param>
    /// <param name="name">What it is called when it is a struct, union or enumeration without a name, or an array of such.</param>
    public string? Use(int id, string name)
    {
        int element = id;
        for (int depth = 0; spec[spec.Resolve(element)] is BtfType.Array array; depth++)
        {
            if (depth > BtfSpec.MaxDepth) throw spec.Endless(id);
            element = array.Element;
        }

        NameOf(element, name);
        return TypeOf(id);
    }

    /// <summary>The C# type of that many bytes; null when C# has none.</summary>
    public string? Bytes(int count) => Array("byte", count, 1);

    /// <summary>Writes the types that have been used and not been written yet.</summary>
    public void WriteUsed()
    {
        while (_waiting.TryDequeue(out int next)) Write(next);
    }

    /// <summary>The inline array types that have been used.</summary>
    public void WriteArrays()
    {
        foreach (int count in _arrays)
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $$$"""

                /// <summary>An array of {{{count}}} elements.</summary>
                [InlineArray({{{count}}})]
                public struct Array{{{count}}}<T> where T : unmanaged
                {
                    private T _first;

                    /// <summary>Of bytes, the text up to the first zero.</summary>
                    public readonly override string ToString()
                    {
                        if (typeof(T) != typeof(byte)) return $"{typeof(T)}[{{{count}}}]";
                        ReadOnlySpan<T> elements = this;
                        ReadOnlySpan<byte> text = MemoryMarshal.AsBytes(elements);
                        int end = text.IndexOf((byte)0);
                        return global::System.Text.Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
                    }
                }

                """));
        }
    }

    /// <summary>The C# name of a struct, union or enumeration with a name, which is also written; null for any other type.</summary>
    private string? NameOf(int id, string typedef)
    {
        for (int depth = 0; spec.KindOf(id) is BtfKind.Typedef or BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict or BtfKind.TypeTag; depth++)
        {
            if (depth > BtfSpec.MaxDepth) throw spec.Endless(id);
            if (spec.KindOf(id) is BtfKind.Typedef) typedef = spec.NameOf(id);
            id = spec.TargetOf(id);
        }
        if (spec.KindOf(id) is not (BtfKind.Struct or BtfKind.Union or BtfKind.Enum or BtfKind.Enum64)) return null;
        if (_known.TryGetValue(id, out string? known)) return known;
        string name = spec.NameOf(id);
        if (name.Length == 0) name = typedef;
        if (name.Length == 0) return null;
        _waiting.Enqueue(id);
        return _known[id] = types.Take(name);
    }

    private void Write(int id)
    {
        StringBuilder text = new();
        string name = _known[id];
        if (spec[id] is BtfType.Enum enumeration) AppendEnum(text, enumeration, name, spec.TypeNameOf(id), 0);
        else AppendStruct(text, id, name, spec.TypeNameOf(id), 0);
        output.Write(text);
    }

    private void AppendEnum(StringBuilder text, BtfType.Enum type, string name, string c, int indent)
    {
        CSharpNames values = new();
        Spend(type.Values.Length);
        if (indent == 0) text.Append('\n');
        Document(text, indent, c);
        Line(text, indent, $"public enum {name} : {CSharpNumbers.Integer(type.Size, type.IsSigned)}");
        Line(text, indent, "{");
        foreach (var value in type.Values)
        {
            Document(text, indent + 1, value.Name);
            Line(text, indent + 1, string.Create(CultureInfo.InvariantCulture,
                $"{values.Take(value.Name)} = {CSharpNumbers.ValueOf(type, value)},"));
        }
        Line(text, indent, "}");
    }

    /// <summary>The C# type of an element or member; null when C# has none and the bytes are left out.</summary>
    private string? TypeOf(int id, int depth = 0)
    {
        if (depth > BtfSpec.MaxDepth) throw spec.Endless(id);
        if (NameOf(id, "") is { } name) return name;
        return spec[spec.Resolve(id)] switch
        {
            BtfType.Pointer => "ulong",
            BtfType.Int x => Integer(x),
            BtfType.Enum x => CSharpNumbers.Integer(x.Size, x.IsSigned),
            BtfType.Float { Size: 4 } => "float",
            BtfType.Float { Size: 8 } => "double",
            BtfType.Float x => Array("byte", x.Size, 1),
            BtfType.Composite x => Array("byte", x.Size, 1),
            BtfType.Array x => TypeOf(x.Element, depth + 1) is { } element && spec.TrySizeOf(x.Element, out int size) ? Array(element, x.Count, size) : null,
            _ => null,
        };
    }

    private string? Array(string element, int count, int size)
    {
        if (count == 0 || size == 0 || (long)count * size > LargestArray) return null;
        _arrays.Add(count);
        return string.Create(CultureInfo.InvariantCulture, $"Array{count}<{element}>");
    }

    private static string Integer(BtfType.Int type) =>
        type.Name == "char" || type.Encoding.HasFlag(IntEncoding.Bool) ? "byte" : CSharpNumbers.Integer(type.Size, type.Encoding.HasFlag(IntEncoding.Signed));

    private void Spend(int elements)
    {
        _allowance -= elements + 1;
        if (_allowance < 0) spec.Throw(BtfDiagnostics.BadType, "expected fewer uses of anonymous types", "the image is corrupt");
    }

    private static void Document(StringBuilder text, int indent, string c) =>
        Line(text, indent, $"/// <summary><c>{c.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal).ReplaceLineEndings(" ")}</c></summary>");

    private static void Line(StringBuilder text, int indent, string line) => text.Append(' ', indent * 4).Append(line).Append('\n');
}
