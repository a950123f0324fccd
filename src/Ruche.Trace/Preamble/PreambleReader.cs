// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Parsing;
using Ruche.Trace.Recording;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Preamble;

/// <summary>
/// Follows the lines for the preprocessor and reads the types between them. Of files of the system only macros are taken: the kernel itself tells its
/// types, and those of this kernel. A file of the system that is not there is no error for the same reason.
/// </summary>
internal sealed class PreambleReader
{
    private const int MostFiles = 1024;
    private const int MostNesting = 64;

    private readonly SourceText _source;
    private readonly DiagnosticBag _diagnostics;
    private readonly IReadOnlyList<string> _directories;
    private readonly ScriptFiles _scriptFiles;
    private readonly ImmutableArray<string> _included;
    private readonly CMacros _macros = new();
    private readonly CConditions _conditions = new();
    private readonly DeclaredTypes _declared = new();
    private readonly List<string> _missing = [];
    private readonly TypeCatalog _types;
    private readonly CLayout _layout;
    private int _files;
    private int _depth;
    private SourceSpan _span;

    public PreambleReader(SourceText source, TypeCatalog kernel, TraceOptions options, ScriptFiles files, DiagnosticBag diagnostics)
    {
        (_source, _scriptFiles, _included, _diagnostics) = (source, files, options.IncludedFiles, diagnostics);
        _directories = [.. options.IncludeDirectories, "/usr/local/include", "/usr/include", $"/usr/include/{(IsArm ? "aarch64" : "x86_64")}-linux-gnu"];
        _types = kernel.With(_declared);
        _layout = new(_types);
        foreach (string known in (string[])["__linux__ 1", "__LP64__ 1", IsArm ? "__aarch64__ 1" : "__x86_64__ 1"]) _macros.Define(known);
        if (kernel.Types is not null) _macros.Define("BPFTRACE_HAVE_BTF 1");
    }

    private static bool IsArm => RuntimeInformation.ProcessArchitecture is Architecture.Arm64;

    public CPreamble Read(Script script)
    {
        foreach (string file in _included) Include($"\"{file}\"", ".");
        foreach (var declaration in script.Declarations)
        {
            _span = declaration.Span;
            if (declaration is Declaration.Directive { Keyword: not ("" or "!") } directive) Follow(CLines.Plain(directive.Text), Path.GetDirectoryName(_source.NameOf(_span.Start)) ?? "");
            else if (declaration is Declaration.CType type && _conditions.IsActive) Declare(type.Text, isOwn: true);
        }

        if (_conditions.IsOpen) Fail("'#if' is not closed", "close it with '#endif'");
        return new(_macros, _types) { MissingHeaders = [.. _missing] };
    }

    private void Fail(string message, params ReadOnlySpan<string> notes) => _diagnostics.Error(TraceDiagnostics.BadDirective, message, _source.Locate(_span), notes);

    /// <summary>Follows a line that begins with a number sign.</summary>
    private void Follow(string line, string directory)
    {
        line = line[1..].Trim();
        int end = Lexer.WordEnd(line, 0);
        string keyword = line[..end], rest = line[end..].Trim();
        switch (keyword)
        {
            case "if": _conditions.If(_conditions.Asks(isElse: false) && Holds(rest)); break;
            case "ifdef": _conditions.If(_macros.IsDefined(rest)); break;
            case "ifndef": _conditions.If(!_macros.IsDefined(rest)); break;
            case "elif": Check(keyword, _conditions.Else(_conditions.Asks(isElse: true) && Holds(rest))); break;
            case "elifdef": Check(keyword, _conditions.Else(_macros.IsDefined(rest))); break;
            case "elifndef": Check(keyword, _conditions.Else(!_macros.IsDefined(rest))); break;
            case "else": Check(keyword, _conditions.Else(true)); break;
            case "endif": Check(keyword, _conditions.End()); break;
            case "define" when _conditions.IsActive:
                if (!_macros.Define(rest)) Fail("'#define' names nothing", "write #define NAME VALUE");
                break;
            case "undef" when _conditions.IsActive: _macros.Undefine(rest); break;
            case "include" when _conditions.IsActive: Include(rest, directory); break;
            case "error" when _conditions.IsActive && _depth == 0: Fail($"#error {rest}"); break;
        }
    }

    private void Check(string keyword, bool isRight)
    {
        if (!isRight && _depth == 0) Fail($"'#{keyword}' without '#if'", "take it out, or begin with '#if'");
    }

    // What is not defined counts as zero there.
    private bool Holds(string condition) => CConstant.Compute(condition, _macros, _ => 0) is not (null or 0);

    private void Include(string named, string directory)
    {
        bool isOwn = named.StartsWith('"');
        int end = named.Length > 1 ? named.IndexOf(isOwn ? '"' : '>', 1) : -1;
        if (end < 0 || (!isOwn && named[0] != '<'))
        {
            if (_depth == 0) Fail($"'#include {named}' names no file", "write #include <linux/sched.h> or #include \"file.h\"");
            return;
        }

        string name = named[1..end];
        IEnumerable<string> places = isOwn ? _directories.Prepend(directory) : _directories;
        string? path = places.Select(p => Path.Combine(p, name)).FirstOrDefault(_scriptFiles.Exists);
        if (path is null)
        {
            if (isOwn && _depth == 0) Fail($"there is no file '{name}'", "name where it is with -I DIRECTORY");
            if (!isOwn && _depth == 0) _missing.Add(name);
            return;
        }

        if (_depth >= MostNesting || _files++ >= MostFiles) return;
        try
        {
            _depth++;
            ReadFile(_scriptFiles.Read(path), Path.GetDirectoryName(path)!, isOwn);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (isOwn) Fail($"'{path}' cannot be read: {e.Message}");
        }
        finally
        {
            _depth--;
        }
    }

    private void ReadFile(string text, string directory, bool isOwn)
    {
        text = CLines.Plain(text);
        for (int at = 0; at < text.Length;)
        {
            int line = text.IndexOf('\n', at);
            if (line < 0) line = text.Length;
            int start = at + (text.Length - at - text.AsSpan(at).TrimStart(" \t").Length);
            if (start < line && text[start] == '#')
            {
                Follow(text[start..line], directory);
                at = line + 1;
                continue;
            }

            var token = Lexer.Read(text, at);
            if (isOwn && _conditions.IsActive && token.Span.Start < line && CText.StartsType(token) && CText.TypeEnd(text, token.Span.Start) is { } end)
            {
                Declare(text[token.Span.Start..end], isOwn: false);
                at = end;
                continue;
            }

            at = line + 1;
        }
    }

    private void Declare(string text, bool isOwn)
    {
        try
        {
            switch (CTypeReader.Read(text, Compute))
            {
                case CType.Composite type: _declared.Add(_layout.RecordOf(type)); break;
                case CType.Enumeration { Name: { } name } type: _declared.Add(LayoutOf(name, type)); break;
            }
        }
        catch (CTypeException e)
        {
            var where = isOwn && e.Position < _span.Length ? new SourceSpan(_span.Start + e.Position, 1) : _span;
            _diagnostics.Error(TraceDiagnostics.BadCType, e.Message, _source.Locate(where));
        }
    }

    private long? Compute(string text, CType.Enumeration? within) => CConstant.Compute(text, _macros, name =>
        within?.Values.FindIndex(v => v.Name == name) is >= 0 and var index ? within.Values[index].Value : _types.FindEnumerator(name)?.Value);

    private static EnumLayout LayoutOf(string name, CType.Enumeration type)
    {
        bool isSigned = type.Values.Exists(v => v.Value < 0);
        bool isWide = type.Values.Exists(v => isSigned ? v.Value is < int.MinValue or > int.MaxValue : v.Value > uint.MaxValue);
        return new($"enum {name}", isWide ? sizeof(long) : sizeof(int), isSigned, [.. type.Values.Select(v => (v.Name, v.Value))]);
    }
}
