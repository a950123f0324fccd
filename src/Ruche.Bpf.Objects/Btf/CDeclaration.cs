// SPDX-License-Identifier: MIT
using System.Text;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>
/// Writes a type around a name the way C declares it. <paramref name="specifier"/> may say how a struct, union, enum, typedef or number is
/// written; it returns null to leave that to the default.
/// </summary>
internal sealed class CDeclaration(BtfSpec spec, Func<int, string?>? specifier = null)
{
    // Hostile prototypes can nest exponentially; nothing readable is longer than this.
    private const int MaxLength = 4096;
    private const int MaxWork = 2048;

    private int _work;

    /// <summary>Declares <paramref name="name"/>, or gives the bare type when it is empty.</summary>
    public string Render(int id, string name = "")
    {
        _work = 0;
        return Declare(id, name, 0);
    }

    private string Declare(int id, string inner, int depth)
    {
        if (depth > BtfSpec.MaxDepth || ++_work > MaxWork || inner.Length > MaxLength) return Join("…", inner);
        return spec.KindOf(id) switch
        {
            BtfKind.Pointer => DeclarePointer(id, inner, depth),
            BtfKind.Array => DeclareArray((BtfType.Array)spec[id], inner, depth),
            BtfKind.FunctionPrototype => DeclarePrototype((BtfType.FunctionPrototype)spec[id], inner, depth),
            BtfKind.Const => Qualify(id, "const", inner, depth),
            BtfKind.Volatile => Qualify(id, "volatile", inner, depth),
            BtfKind.Restrict => Qualify(id, "restrict", inner, depth),
            BtfKind.TypeTag => Declare(spec.TargetOf(id), inner, depth + 1),
            BtfKind.Function => Declare(spec.TargetOf(id), inner.Length == 0 ? spec.NameOf(id) : inner, depth + 1),
            BtfKind.Variable => Declare(spec.TargetOf(id), inner.Length == 0 ? spec.NameOf(id) : inner, depth + 1),
            _ => Join(specifier?.Invoke(id) ?? Specifier(id), inner),
        };
    }

    private string DeclarePointer(int id, string inner, int depth)
    {
        int target = spec.TargetOf(id);
        bool wraps = spec.KindOf(SkipTags(target)) is BtfKind.Array or BtfKind.FunctionPrototype;
        string pointer = inner.StartsWith("const", StringComparison.Ordinal) || inner.StartsWith("volatile", StringComparison.Ordinal)
            || inner.StartsWith("restrict", StringComparison.Ordinal) ? $"* {inner}" : $"*{inner}";
        return Declare(target, wraps ? $"({pointer})" : pointer, depth + 1);
    }

    private string DeclareArray(BtfType.Array array, string inner, int depth) =>
        Declare(array.Element, $"{inner}[{array.Count}]", depth + 1);

    private string DeclarePrototype(BtfType.FunctionPrototype prototype, string inner, int depth)
    {
        StringBuilder parameters = new();
        for (int i = 0; i < prototype.Parameters.Length && parameters.Length < MaxLength; i++)
        {
            var parameter = prototype.Parameters[i];
            bool isVariadic = parameter.Type == 0 && i == prototype.Parameters.Length - 1;
            if (i > 0) parameters.Append(", ");
            if (!isVariadic) parameters.Append(Declare(parameter.Type, "", depth + 1));
            else if (i > 0) parameters.Append("..."); // alone it is not C: f() takes anything
        }
        return Declare(prototype.Return, $"{inner}({(prototype.Parameters.IsEmpty ? "void" : parameters)})", depth + 1);
    }

    /// <summary>A qualifier of a pointer stands behind the star, any other in front of the whole.</summary>
    private string Qualify(int id, string qualifier, string inner, int depth)
    {
        int target = spec.TargetOf(id);
        bool onPointer = spec.KindOf(spec.SkipModifiers(target)) is BtfKind.Pointer;
        if (onPointer) return Declare(target, inner.Length == 0 ? qualifier : $"{qualifier} {inner}", depth + 1);
        return qualifier is "restrict" ? Declare(target, inner, depth + 1) : $"{qualifier} {Declare(target, inner, depth + 1)}";
    }

    private int SkipTags(int id)
    {
        for (int depth = 0; depth < BtfSpec.MaxDepth && spec.KindOf(id) is BtfKind.TypeTag; depth++) id = spec.TargetOf(id);
        return id;
    }

    private string Specifier(int id)
    {
        string name = spec.NameOf(id);
        string shown = name.Length == 0 ? "(anonymous)" : name;
        return spec.KindOf(id) switch
        {
            BtfKind.Void => "void",
            BtfKind.Struct => $"struct {shown}",
            BtfKind.Union => $"union {shown}",
            BtfKind.Enum or BtfKind.Enum64 => $"enum {shown}",
            BtfKind.Forward => $"{(BtfInfo.Flag(spec.InfoOf(id)) ? "union" : "struct")} {shown}",
            _ => shown,
        };
    }

    private static string Join(string specifier, string inner) =>
        inner.Length == 0 ? specifier : inner[0] is '[' or '(' && !inner.StartsWith("(*", StringComparison.Ordinal) ? specifier + inner : $"{specifier} {inner}";
}
