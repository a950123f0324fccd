// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>Spells the types of members in C#.</summary>
internal sealed class KernelCSharpSpelling(BtfSpec spec, KernelCSharpTypes types)
{
    // The runtime refuses larger inline arrays.
    private const int LargestArray = 1 << 20;

    private readonly SortedSet<int> _arrays = [];

    /// <summary>How many elements the inline arrays have that have been used.</summary>
    public IEnumerable<int> Arrays => _arrays;

    /// <summary>Whether a type is an array without a length, which says nothing of how many elements there are.</summary>
    public bool IsFlexible(int id, out int element)
    {
        element = 0;
        int resolved = spec.Resolve(id);
        if (spec.KindOf(resolved) is not BtfKind.Array) return false;
        (element, int count) = spec.ArrayAt(resolved);
        return count == 0;
    }

    /// <summary>Whether a C# type says less than what C says: a pointer to anything, or the elements of an array that are pointers.</summary>
    public static bool SaysLess(string type) => type.StartsWith("void*", StringComparison.Ordinal) || type.Contains("<nint>", StringComparison.Ordinal);

    /// <summary>Whether a number or enumeration may be negative.</summary>
    public bool IsSigned(int id) => spec[spec.Resolve(id)] switch
    {
        BtfType.Int x => x.Encoding.HasFlag(IntEncoding.Signed),
        BtfType.Enum x => x.IsSigned,
        _ => false,
    };

    /// <summary>The C# type of a member; null when C# has none.</summary>
    /// <param name="id">The type.</param>
    /// <param name="name">What the struct, union or enumeration is called that it is, or that it is an array of.</param>
    public string? TypeOf(int id, string? name) => TypeOf(id, name, 0);

    private string? TypeOf(int id, string? name, int depth)
    {
        if (depth > BtfSpec.MaxDepth) throw spec.Endless(id);
        return spec[spec.Resolve(id)] switch
        {
            BtfType.Composite or BtfType.Enum => name is null ? null : KernelCSharpNames.OfType(name),
            BtfType.Pointer x => $"{PointedTo(x.Target, depth + 1)}*",
            BtfType.Array x => TypeOf(x.Element, name, depth + 1) is { } element && spec.TrySizeOf(x.Element, out int size) ? Array(element, x.Count, size) : null,
            BtfType.Int x => Integer(x),
            BtfType.Float { Size: 4 } => "float",
            BtfType.Float { Size: 8 } => "double",
            BtfType.Float x => Array("byte", x.Size, 1),
            _ => null,
        };
    }

    /// <summary>What stands in front of the star; <c>void</c> for all that is not written.</summary>
    private string PointedTo(int id, int depth)
    {
        if (depth > BtfSpec.MaxDepth) throw spec.Endless(id);
        return spec[spec.Resolve(id)] switch
        {
            BtfType.Composite => types.NameOf(id) is { } name ? KernelCSharpNames.OfType(name) : "void",
            BtfType.Enum x => types.NameOf(id) is { } name ? KernelCSharpNames.OfType(name) : CSharpNumbers.Integer(x.Size, x.IsSigned),
            BtfType.Pointer x => $"{PointedTo(x.Target, depth + 1)}*",
            BtfType.Int x => Integer(x),
            BtfType.Float { Size: 4 } => "float",
            BtfType.Float { Size: 8 } => "double",
            _ => "void",
        };
    }

    /// <summary>Pointers are no type arguments.</summary>
    private string? Array(string element, int count, int size)
    {
        if (count == 0 || size == 0 || (long)count * size > LargestArray) return null;
        _arrays.Add(count);
        return string.Create(CultureInfo.InvariantCulture, $"Array{count}<{(element.EndsWith('*') ? "nint" : element)}>");
    }

    private static string Integer(BtfType.Int type) =>
        type.Encoding.HasFlag(IntEncoding.Bool) && type.Size == 1 ? "bool"
        : type.Name == "char" ? "byte"
        : CSharpNumbers.Integer(type.Size, type.Encoding.HasFlag(IntEncoding.Signed));
}
