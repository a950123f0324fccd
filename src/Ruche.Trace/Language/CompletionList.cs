// SPDX-License-Identifier: MIT
using Ruche.Bpf;
using Ruche.Bpf.Objects.Btf;
using Ruche.Trace.Binding;
using Ruche.Trace.Expansion;
using Ruche.Trace.Functions;
using Ruche.Trace.Parsing;
using Ruche.Trace.Probes;
using Ruche.Trace.Running;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Language;

/// <summary>Collects what can be written at one place of a document.</summary>
internal sealed class CompletionList(TraceDocument document, TraceWorkspace workspace, int position)
{
    private const int MostPlaces = 200;

    private static readonly string[] Declarations = ["config", "fn", "import", "let", "macro", "struct"];

    private static readonly string[] Keywords =
        ["break", "comptime", "container_of", "continue", "else", "false", "for", "if", "let", "offsetof", "return", "sizeof", "true", "typeinfo", "typeof", "unroll", "while"];

    // What the probe hands over is the binder's.
    private static readonly string[] OfProbe = ["arg0", "arg1", "arg2", "arg3", "arg4", "arg5", "args", "config", "ctx", "probe", "probetype", "retval"];

    private readonly List<TraceCompletion> _items = [];
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);
    private readonly Cursor _cursor = new(document.Text, position);

    public TraceCompletions Make()
    {
        bool isComplete = true;
        if (_cursor.Place is CursorPlace.AttachPoint) isComplete = AddProbes(document.Text[_cursor.WordStart..position]);
        else if (_cursor.OperandEnd is { } end) AddFields(end);
        else if (_cursor.IsSetting) AddSettings();
        else if (_cursor.TypeWord is { } word) isComplete = AddTypes(word, document.Text[_cursor.WordStart..position]);
        else if (_cursor.Place is CursorPlace.Code) AddNames();
        return new(_cursor.WordStart, _items, isComplete);
    }

    private void Add(string label, TraceCompletionKind kind, string detail)
    {
        if (_labels.Add(label)) _items.Add(new(label, kind, detail));
    }

    private bool AddProbes(string written)
    {
        int colon = written.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            foreach (var provider in ProbeProvider.All) Add(provider.Name, TraceCompletionKind.Probe, provider.Usage);
            foreach (string word in Declarations) Add(word, TraceCompletionKind.Keyword, "");
            return true;
        }

        // Of trace points the subsystem is chosen first.
        bool isSubsystem = ProbeProvider.TryFind(written[..colon], out var named) && named.Name == "tracepoint" && written.IndexOf(':', colon + 1) < 0;
        StringWriter places = new();
        try
        {
            new ProbeListing(workspace.Places, places, isVerbose: false).List(isSubsystem ? $"{written}*:*" : $"{written}*");
        }
        catch (BpfException)
        {
            return true; // there is nothing to choose from
        }

        StringReader lines = new(places.ToString());
        while (lines.ReadLine() is { } place)
        {
            if (_items.Count == MostPlaces) return false;
            Add(isSubsystem ? place[..(place.LastIndexOf(':') + 1)] : place, TraceCompletionKind.Probe, "");
        }

        return true;
    }

    // A name is put where the field will stand. When the text is no script even so, what follows it is left out.
    private void AddFields(int operandEnd)
    {
        string before = document.Text[.._cursor.WordStart] + "_";
        var operand = Operand(before + document.Text[position..], operandEnd) ?? Operand($"{before} {_cursor.Closing}", operandEnd);
        var type = operand?.Type is TraceType.Pointer { Target: TraceType.Record target } ? target : operand?.Type;
        if (type is TraceType.Record record)
        {
            foreach (var member in record.Layout.Members)
            {
                bool isCommon = operand is BoundExpression.Arguments && member.Name.StartsWith("common_", StringComparison.Ordinal);
                if (!isCommon) Add(member.Name, TraceCompletionKind.Field, member.Spelling.Length > 0 ? member.Spelling : member.Type.ToString());
            }
        }
        else if (type is TraceType.Tuple tuple)
        {
            for (int i = 0; i < tuple.Elements.Length; i++)
                Add(tuple.Names.IsEmpty ? $"{i}" : tuple.Names[i], TraceCompletionKind.Field, tuple.Elements[i].ToString());
        }
    }

    private void AddSettings()
    {
        foreach (var setting in ScriptSetting.All) Add(setting.Name, TraceCompletionKind.Setting, setting.Takes);
    }

    // Thousands begin with the same letters: an editor asks again with more of them.
    private bool AddTypes(string word, string written)
    {
        var kind = word switch { "struct" => BtfKind.Struct, "union" => BtfKind.Union, _ => BtfKind.Enum };
        foreach (string name in NamesOf(kind))
        {
            if (!name.StartsWith(written, StringComparison.Ordinal)) continue;
            if (_items.Count == MostPlaces) return false;
            Add(name, TraceCompletionKind.Type, $"{word} {name}");
        }

        return true;
    }

    private IEnumerable<string> NamesOf(BtfKind kind) =>
        workspace.Places.Types.Types is { } types ? types.IdsOf(kind).Select(types.NameOf).Where(n => n.Length > 0) : [];

    private BoundExpression? Operand(string text, int end) =>
        ScriptAnalysis.Of(text, document.Name, workspace).Parts.EndingAt(end) is { Type: not TraceType.Nothing } found ? found : null;

    private void AddNames()
    {
        AddWritten();
        foreach (var declaration in document.Declarations)
        {
            if (declaration is Declaration.Macro macro) Add(macro.Name, TraceCompletionKind.Function, MacroTable.Signature(macro));
            if (declaration is Declaration.Subprogram function) Add(function.Name, TraceCompletionKind.Function, $"{function.Name}({string.Join(", ", function.Parameters.Select(p => $"${p.Name}"))})");
        }

        foreach (string name in OfProbe) Add(name, TraceCompletionKind.Builtin, "");
        foreach (string name in TraceBuiltins.Names) Add(name, TraceCompletionKind.Builtin, "");
        foreach (string name in Binder.Aggregations) Add(name, TraceCompletionKind.Function, Explanations.Find(name)?.Code ?? "");
        foreach (string name in TraceFunctions.Names)
        {
            if (TraceFunctions.Find(name) is { Usage.Length: > 0 } function) Add(name, TraceCompletionKind.Function, function.Usage);
        }

        foreach (string word in Keywords) Add(word, TraceCompletionKind.Keyword, "");
    }

    // The variables in front of the place, and the maps of the whole script.
    private void AddWritten()
    {
        string text = document.Text;
        for (var token = Lexer.Read(text, 0); token.Kind is not TokenKind.End; token = Lexer.Read(text, token.Span.End))
        {
            if (token.Span.Start == _cursor.WordStart || token.Text.Length == 1) continue;
            bool isNear = token.Span.Start > _cursor.DeclarationStart && token.Span.End < position;
            if (token.Kind is TokenKind.Variable && isNear && Lexer.StartsWord(token.Text[1])) Add(token.Text, TraceCompletionKind.Variable, "");
            if (token.Kind is TokenKind.Map) Add(token.Text, TraceCompletionKind.Map, "");
        }
    }
}
