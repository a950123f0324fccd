// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Language;

/// <summary>
/// A script that is being written, and what an editor asks about it. The script may have errors: what can be read of it is answered for. Places are
/// numbers of UTF-16 units from the start. It is read and checked when something is asked first.
/// </summary>
public sealed class TraceDocument
{
    private readonly TraceWorkspace _workspace;
    private readonly SourceText _lines;

    internal TraceDocument(TraceWorkspace workspace, string text, string name)
    {
        _workspace = workspace;
        _lines = new(text, name);
    }

    /// <summary>What diagnostics call it.</summary>
    public string Name => _lines.Name;

    /// <summary>The script.</summary>
    public string Text => _lines.Text;

    /// <summary>
    /// What is wrong, in the script and in what it imports. What depends on how the script will be run, such as parameters that are not given, is no error here.
    /// </summary>
    public IReadOnlyList<Diagnostic> Diagnostics => Analysis.Diagnostics;

    private ScriptAnalysis Analysis => field ??= ScriptAnalysis.Of(Text, Name, _workspace);

    /// <summary>The document after an edit: its text from <paramref name="start"/> to <paramref name="end"/> is another.</summary>
    public TraceDocument With(int start, int end, string text)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, end);
        return new(_workspace, string.Concat(Text.AsSpan(0, start), text, Text.AsSpan(end)), Name);
    }

    /// <summary>The place of a line and a column, both from zero. What lies behind the end of a line, or of the script, is that end.</summary>
    public int PositionOf(int line, int column) => _lines.PositionOf(line, column);

    /// <summary>The line and the column of a place, both from zero.</summary>
    public (int Line, int Column) LineOf(int position)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)position, (uint)Text.Length);
        return (_lines.LineOf(position) - 1, _lines.ColumnOf(position) - 1);
    }

    /// <summary>The script in its canonical layout; null while it cannot be read.</summary>
    public string? Format() => TraceScript.TryParse(Text, Name, new(), out var script) ? script.Format() : null;

    /// <summary>What there is to say about a place; null when that is nothing.</summary>
    public TraceHover? HoverAt(int position) => new HoverText(Analysis, _workspace).At(position);

    /// <summary>Where that is introduced which stands at a place: a macro, a function, a variable, a map; null when it is none.</summary>
    public Location.Text? DefinitionAt(int position) =>
        Definitions.Find(Analysis, position) is { } span ? Analysis.Source.Locate(span) : null;

    /// <summary>What can be written at a place.</summary>
    public TraceCompletions CompletionsAt(int position) => new CompletionList(this, _workspace, position).Make();

    /// <summary>What the script declares.</summary>
    internal IEnumerable<Declaration> Declarations => Analysis.Tree.Declarations;
}
