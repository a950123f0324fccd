// SPDX-License-Identifier: MIT
using System.CodeDom.Compiler;
using System.Collections.Immutable;
using System.Diagnostics;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Printing;

/// <summary>
/// Writes a script in the one canonical layout: two blanks a level, a statement a line, braces of declarations on lines of their own.
/// Comments keep their place between statements, single blank lines theirs, and long lists and expressions the lines they are broken
/// into; numbers, strings, parentheses and C stay as written. Reading what it wrote gives the same tree.
/// </summary>
internal sealed partial class SyntaxPrinter
{
    private readonly IndentedTextWriter _out;
    private readonly CommentCursor _comments;
    private readonly SourceText _source;

    private SyntaxPrinter(IndentedTextWriter writer, Script script, SourceText source)
    {
        _out = writer;
        _comments = new(script.Comments, source);
        _source = source;
    }

    public static string Print(Script script, SourceText source)
    {
        using StringWriter text = new();
        using IndentedTextWriter writer = new(text, "  ") { NewLine = "\n" };
        new SyntaxPrinter(writer, script, source).PrintScript(script);
        return text.ToString();
    }

    private void PrintScript(Script script)
    {
        Declaration? before = null;
        foreach (var declaration in script.Declarations)
        {
            bool standsApart = StandsApart(declaration) || (before is not null && StandsApart(before));
            PrintLine(declaration, isFirst: before is null, standsApart, () => PrintDeclaration(declaration));
            before = declaration;
        }

        PrintCommentsBefore(script.Span.End, isFirst: script.Declarations.IsEmpty);
    }

    /// <summary>What has a body has blank lines around it.</summary>
    private static bool StandsApart(Declaration declaration) =>
        declaration is Declaration.Probe or Declaration.Macro or Declaration.Subprogram or Declaration.Config;

    /// <summary>One declaration or statement with the comments before it and behind it.</summary>
    private void PrintLine(SyntaxNode node, bool isFirst, bool standsApart, Action print)
    {
        bool hasComments = _comments.HasBefore(node.Span.Start);
        if (hasComments)
        {
            PrintCommentsBefore(node.Span.Start, isFirst, standsApart);
            isFirst = true;
            standsApart = false;
        }

        bool keepsBlank = (!isFirst || hasComments) && _comments.IsBlankLineBefore(node.Span.Start);
        if (keepsBlank || (standsApart && !isFirst)) _out.WriteLineNoTabs("");
        print();
        _comments.MoveTo(node.Span.End);
        PrintCommentsBehind(node.Span.End);
    }

    private void PrintCommentsBefore(int position, bool isFirst, bool standsApart = false)
    {
        while (_comments.HasBefore(position))
        {
            if ((standsApart || _comments.IsBlankLineBefore(_comments.NextStart)) && !isFirst) _out.WriteLineNoTabs("");
            _out.WriteLine(_comments.Take());
            isFirst = standsApart = false;
        }
    }

    /// <summary>Comments inside what was printed, and those after it on its line.</summary>
    private void PrintCommentsBehind(int end)
    {
        while (_comments.IsNextOnSameLine)
        {
            string comment = _comments.Take();
            _out.Write($" {comment}");
            if (comment.StartsWith("//", StringComparison.Ordinal)) break;
        }

        _out.WriteLine();
        PrintCommentsBefore(end, isFirst: true);
    }

    private void PrintDeclaration(Declaration declaration)
    {
        switch (declaration)
        {
            case Declaration.Directive x: _out.Write(x.Text); break;
            case Declaration.CType x: _out.Write(x.Text); break;
            case Declaration.Config x: PrintConfig(x); break;
            case Declaration.Import x: _out.Write($"import {x.Path.Spelling};"); break;
            case Declaration.Map x: _out.Write($"let @{x.Name} = "); PrintExpression(x.Kind); _out.Write(";"); break;
            case Declaration.Macro x: PrintMacro(x); break;
            case Declaration.Subprogram x: PrintSubprogram(x); break;
            case Declaration.Probe x: PrintProbe(x); break;
            default: throw new UnreachableException($"no case for {declaration.GetType().Name}");
        }
    }

    private void PrintConfig(Declaration.Config config)
    {
        _out.WriteLine("config = {");
        _out.Indent++;
        foreach (var setting in config.Settings)
        {
            PrintLine(setting, isFirst: setting == config.Settings[0], standsApart: false, () =>
            {
                _out.Write($"{setting.Key} = ");
                PrintExpression(setting.Value);
                _out.Write(";");
            });
        }

        PrintCommentsBefore(config.Span.End, isFirst: config.Settings.IsEmpty);
        _out.Indent--;
        _out.Write("}");
    }

    private void PrintMacro(Declaration.Macro macro)
    {
        _out.Write($"macro {macro.Name}(");
        PrintList(macro.Parameters);
        _out.WriteLine(")");
        PrintBlock(macro.Body);
    }

    private void PrintSubprogram(Declaration.Subprogram subprogram)
    {
        _out.Write($"fn {subprogram.Name}(");
        PrintSeparated(subprogram.Parameters, p =>
        {
            _out.Write($"${p.Name} : ");
            PrintType(p.Type);
        });
        _out.Write(") : ");
        PrintType(subprogram.Returns);
        _out.WriteLine();
        PrintBlock(subprogram.Body);
    }

    private void PrintProbe(Declaration.Probe probe)
    {
        if (probe.Name is not null) _out.Write($"{probe.Name}=");
        _out.WriteLine(string.Join(",\n", probe.AttachPoints.Select(a => string.Join(':', a.Parts.Select(p => p.Spelling)))));
        if (probe.Predicate is not null)
        {
            _out.Write("/");
            PrintExpression(probe.Predicate);
            _out.WriteLine("/");
        }

        PrintBlock(probe.Body);
    }

    private void PrintList(ImmutableArray<Expression> items) => PrintSeparated(items, PrintExpression);

    private void PrintSeparated<T>(ImmutableArray<T> items, Action<T> print)
        where T : SyntaxNode
    {
        int indent = _out.Indent;
        for (int i = 0; i < items.Length; i++)
        {
            if (i > 0)
            {
                _out.Write(",");
                PrintGap(items[i - 1], items[i], indent);
            }

            print(items[i]);
        }

        _out.Indent = indent;
    }

    /// <summary>A blank, or a new line where the script has one, indented by a level more than what it continues.</summary>
    private void PrintGap(SyntaxNode before, SyntaxNode after, int indent)
    {
        if (_source.LineOf(before.Span.End) == _source.LineOf(after.Span.Start))
        {
            _out.Write(" ");
            return;
        }

        _out.Indent = indent + 1;
        _out.WriteLine();
    }
}
