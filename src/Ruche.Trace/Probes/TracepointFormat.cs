// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Globalization;
using Ruche.Trace.Types;

namespace Ruche.Trace.Probes;

/// <summary>Reads what tracefs tells about the fields of a trace point; lines that are no fields are passed over.</summary>
internal static class TracepointFormat
{
    // They say nothing about what a field holds.
    private static readonly HashSet<string> Qualifiers =
        ["const", "volatile", "restrict", "__user", "__kernel", "__iomem", "__percpu", "__rcu", "__force", "__seg_gs", "__seg_fs"];

    public static ImmutableArray<TracepointField> Read(string text)
    {
        var fields = ImmutableArray.CreateBuilder<TracepointField>();
        foreach (string line in text.Split('\n'))
        {
            if (ReadField(line) is { } field) fields.Add(field);
        }

        return fields.DrainToImmutable();
    }

    private static TracepointField? ReadField(string line)
    {
        if (Value(line, "field:") is not { } declaration) return null;
        if (Number(line, "offset:") is not { } offset || Number(line, "size:") is not { } size || Number(line, "signed:") is not { } signed) return null;
        string rest = declaration;
        var location = TakeLocation(ref rest);
        bool isArray = TakeDimensions(ref rest);
        string name = TakeName(ref rest);
        isArray |= TakeDimensions(ref rest);
        if (name.Length == 0) return null;
        int pointers = rest.Count(c => c == '*');
        string[] words = rest.Split([' ', '*', '\t'], StringSplitOptions.RemoveEmptyEntries);
        string type = string.Join(' ', words.Where(w => !Qualifiers.Contains(w)));
        return new(name, type, pointers, isArray, location, offset, size, signed != 0) { Declaration = declaration };
    }

    private static FieldLocation TakeLocation(ref string rest)
    {
        const string FromStart = "__data_loc ", FromField = "__rel_loc ";
        var location = rest.StartsWith(FromStart, StringComparison.Ordinal) ? FieldLocation.FromStart
            : rest.StartsWith(FromField, StringComparison.Ordinal) ? FieldLocation.FromField
            : FieldLocation.Inline;
        if (location is not FieldLocation.Inline) rest = rest[(rest.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        return location;
    }

    /// <summary>Cuts off brackets at the end. What stands in them may be an expression: size and type tell how many elements there are.</summary>
    private static bool TakeDimensions(ref string rest)
    {
        bool isArray = false;
        rest = rest.TrimEnd();
        while (rest.EndsWith(']') && rest.LastIndexOf('[') is var start and >= 0)
        {
            rest = rest[..start].TrimEnd();
            isArray = true;
        }

        return isArray;
    }

    private static string TakeName(ref string rest)
    {
        // A pointer to a function: int (*call)(void *).
        int function = rest.IndexOf("(*", StringComparison.Ordinal);
        if (function >= 0 && rest.IndexOf(')', function) is var close and > 0)
        {
            string name = rest[(function + 2)..close].Trim();
            rest = "void *";
            return name;
        }

        int start = rest.Length;
        while (start > 0 && (char.IsAsciiLetterOrDigit(rest[start - 1]) || rest[start - 1] == '_')) start--;
        string last = rest[start..];
        rest = rest[..start].TrimEnd();
        return last;
    }

    private static string? Value(string line, string key)
    {
        int start = line.IndexOf(key, StringComparison.Ordinal);
        if (start < 0) return null;
        start += key.Length;
        int end = line.IndexOf(';', start);
        return end < 0 ? null : line[start..end].Trim();
    }

    private static int? Number(string line, string key) =>
        int.TryParse(Value(line, key), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
