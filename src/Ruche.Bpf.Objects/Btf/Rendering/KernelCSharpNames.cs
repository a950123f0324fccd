// SPDX-License-Identifier: MIT
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>The kernel's names as C# takes them. Each is given out once.</summary>
/// <param name="taken">Names that are not given out.</param>
internal sealed class KernelCSharpNames(params IEnumerable<string> taken)
{
    private static readonly FrozenSet<string> Keywords = Words("""
        abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit
        extern false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null object operator out
        override params private protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw
        true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while
        """);

    // Names of members but not of types; there is a struct file in every kernel.
    private static readonly FrozenSet<string> NoTypes = Words("""
        allows async await dynamic extension field file managed nint notnull nuint partial record required scoped unmanaged var when where yield
        """);

    private readonly HashSet<string> _taken = new(taken, StringComparer.Ordinal);

    /// <summary>The names that the definitions use and that no type may have.</summary>
    public static IEnumerable<string> OfDefinitions { get; } =
        ["Int128", "UInt128", "StructLayout", "FieldOffset", "InlineArray", "LayoutKind", "KernelType", "KernelBitField"];

    /// <summary>Whether a name was free, and is now taken.</summary>
    public bool TryTake(string name) => _taken.Add(name);

    /// <summary>The name itself, or with the suffix <c>___2</c> for the second of that name; CO-RE ignores what follows three underscores.</summary>
    public string Take(string name)
    {
        string free = name;
        for (int times = 2; !_taken.Add(free); times++) free = string.Create(CultureInfo.InvariantCulture, $"{name}___{times}");
        return free;
    }

    /// <summary>A name of letters, digits and underscores: other languages than C write more into BTF.</summary>
    public static string Plain(string name)
    {
        bool isPlain = name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(IsAllowed);
        if (isPlain) return name;
        StringBuilder plain = new();
        if (name.Length == 0 || char.IsAsciiDigit(name[0])) plain.Append('_');
        foreach (char c in name) plain.Append(IsAllowed(c) ? c : '_');
        return plain.ToString();
    }

    /// <summary>A member's name as it is written.</summary>
    public static string OfMember(string plain) => Keywords.Contains(plain) ? $"@{plain}" : plain;

    /// <summary>A type's name as it is written.</summary>
    public static string OfType(string plain) => NoTypes.Contains(plain) ? $"@{plain}" : OfMember(plain);

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private static FrozenSet<string> Words(string text) =>
        text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
