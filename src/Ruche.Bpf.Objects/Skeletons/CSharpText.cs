// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Ruche.Bpf.Objects.Skeletons;

/// <summary>Writes what an object calls itself so that C# cannot take it for anything else.</summary>
internal static class CSharpText
{
    /// <summary>A string literal.</summary>
    public static string Literal(string value)
    {
        StringBuilder text = new("\"");
        foreach (char c in value)
        {
            if (c is '"' or '\\' or < ' ' or > '~') text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else text.Append(c);
        }

        return text.Append('"').ToString();
    }

    /// <summary>A name in a documentation comment.</summary>
    public static string Code(string value)
    {
        StringBuilder text = new("<c>");
        foreach (char c in value)
        {
            text.Append(c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                < ' ' or > '~' => "?",
                _ => c.ToString(),
            });
        }

        return text.Append("</c>").ToString();
    }
}
