// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Parsing;
using Ruche.Trace.Recording;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Expansion;

/// <summary>
/// Reads the files that a script imports, each once, and puts what they declare where they are imported. A header of C becomes a line that
/// includes it. The language's own library is built in, so that importing it adds nothing.
/// </summary>
internal sealed class ImportReader
{
    private const string Library = "stdlib";

    private readonly ScriptFiles _files;
    private readonly DiagnosticBag _diagnostics;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>Reads them. What is wrong is reported.</summary>
    public ImportReader(Script script, SourceText source, ScriptFiles files, DiagnosticBag diagnostics)
    {
        (Source, Tree, _files, _diagnostics) = (source, script, files, diagnostics);
        if (!script.Declarations.Any(d => d is Declaration.Import)) return;
        _read.Add(Path.GetFullPath(source.Name));
        Tree = script with { Declarations = Resolved(script.Declarations) };
    }

    /// <summary>The script without imports.</summary>
    public Script Tree { get; }

    /// <summary>The text of the script and of all that it imports.</summary>
    public SourceText Source { get; private set; }

    private ImmutableArray<Declaration> Resolved(ImmutableArray<Declaration> declarations) => [.. declarations.SelectMany(d => d is Declaration.Import x ? Import(x) : [d])];

    private ImmutableArray<Declaration> Import(Declaration.Import x)
    {
        string named = System.Text.Encoding.UTF8.GetString(x.Path.Bytes.AsSpan());
        string directory = Path.GetDirectoryName(Path.GetFullPath(Source.NameOf(x.Span.Start)))!;
        string path = Path.Combine(directory, named);
        if (named == Library) return [];
        if (named.EndsWith(".h", StringComparison.Ordinal)) return [new Declaration.Directive(x.Span, "include", $"#include \"{(_files.Exists(path) ? path : named)}\"")];
        if (_files.IsDirectory(path)) return ReadAll(x, path);
        if (!named.EndsWith(".bt", StringComparison.Ordinal)) Refuse(x, $"'{named}' cannot be imported", "scripts (.bt), headers (.h) and directories of scripts can");
        else if (!_files.Exists(path)) Refuse(x, $"there is no file '{named}'", $"it is looked for in {directory}, where the file is that imports it");
        else return ReadFile(x, path);
        return [];
    }

    private ImmutableArray<Declaration> ReadAll(Declaration.Import x, string directory)
    {
        try
        {
            return [.. _files.ScriptsIn(directory).SelectMany(f => ReadFile(x, f))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unreadable(x, directory, e);
        }
    }

    private ImmutableArray<Declaration> ReadFile(Declaration.Import x, string path)
    {
        if (!_read.Add(Path.GetFullPath(path))) return [];
        try
        {
            Source = Source.With(_files.Read(path), Path.GetRelativePath(".", path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unreadable(x, path, e);
        }

        var declarations = Parser.Parse(Source, _diagnostics).Declarations;
        foreach (var config in declarations.OfType<Declaration.Config>())
            _diagnostics.Error(TraceDiagnostics.Misplaced, "a file that is imported cannot have a configuration", Source.Locate(config.Span), "put it into the script itself");
        return Resolved(declarations);
    }

    private ImmutableArray<Declaration> Unreadable(Declaration.Import x, string path, Exception e)
    {
        Refuse(x, $"'{path}' cannot be read: {e.Message}");
        return [];
    }

    private void Refuse(Declaration.Import x, string message, params ReadOnlySpan<string> notes) =>
        _diagnostics.Error(TraceDiagnostics.BadImport, message, Source.Locate(x.Path.Span), notes);
}
