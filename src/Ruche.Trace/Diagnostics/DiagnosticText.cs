// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Diagnostics;

/// <summary>Shows what a diagnostic is about: the line of the script, and carets under the place.</summary>
public static class DiagnosticText
{
    /// <summary>
    /// The diagnostic, the line it points to with carets under it, and each note on a line of its own. Without the line when the
    /// diagnostic points nowhere in the text. Ends without a line break.
    /// </summary>
    public static string Render(Diagnostic diagnostic, string text)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder shown = new((diagnostic with { Notes = [] }).ToString());
        if (diagnostic.Where is Location.Text where) AppendExcerpt(shown, new SourceText(text, where.File).Line(where.Line), where);
        foreach (string note in diagnostic.Notes) shown.Append("\n  note: ").Append(note);
        return shown.ToString();
    }

    // Tabs stay tabs above and below, so that the carets stand right at any tab width.
    private static void AppendExcerpt(StringBuilder shown, ReadOnlySpan<char> line, Location.Text where)
    {
        if (where.Column > line.Length + 1) return;
        shown.Append("\n  ");
        foreach (char c in line) shown.Append(char.IsControl(c) && c != '\t' ? '\ufffd' : c);
        shown.Append("\n  ");
        foreach (char c in line[..(where.Column - 1)]) shown.Append(c == '\t' ? '\t' : ' ');
        shown.Append('^', where.Length);
    }
}
