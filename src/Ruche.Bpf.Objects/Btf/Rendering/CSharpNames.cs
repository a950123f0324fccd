// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>C names as C# has them: <c>task_struct</c> becomes <c>TaskStruct</c>. Unique within one scope.</summary>
internal sealed class CSharpNames(params IEnumerable<string> taken)
{
    private readonly HashSet<string> _taken = new(taken, StringComparer.Ordinal);

    /// <summary>The names that definitions use, and that no type around them may have.</summary>
    public static IEnumerable<string> OfDefinitions { get; } =
        ["BitConverter", "Math", "Type", "String", "Object", "Int128", "UInt128", "StructLayout", "FieldOffset", "InlineArray", "LayoutKind", "MemoryMarshal", "ReadOnlySpan"];

    /// <summary>The names a member of any struct may not have.</summary>
    public static IEnumerable<string> OfObject { get; } = ["Equals", "GetHashCode", "GetType", "ToString", "Finalize", "MemberwiseClone", "ReferenceEquals"];

    /// <summary>A free name for a C name.</summary>
    public string Take(string name)
    {
        string plain = Pascal(name);
        string free = plain;
        for (int times = 2; !_taken.Add(free); times++) free = string.Create(CultureInfo.InvariantCulture, $"{plain}_{times}");
        return free;
    }

    /// <summary>Words start with a capital; words in capitals alone are written small after it.</summary>
    public static string Pascal(string name)
    {
        StringBuilder text = new();
        bool isShouted = !name.Any(char.IsAsciiLetterLower);
        bool startsWord = true;
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                startsWord = true;
                continue;
            }
            text.Append(startsWord ? char.ToUpperInvariant(c) : isShouted ? char.ToLowerInvariant(c) : c);
            startsWord = false;
        }
        if (text.Length == 0 || char.IsAsciiDigit(text[0])) text.Insert(0, '_');
        return text.ToString();
    }
}
