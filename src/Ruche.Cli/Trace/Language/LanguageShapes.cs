// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text.Json;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Language;

namespace Ruche.Cli.Trace.Language;

/// <summary>What a language server says, as editors expect it. Lines and columns count from zero there, columns in UTF-16 units.</summary>
internal static class LanguageShapes
{
    private static readonly string[] Triggers = [".", ">", ":", "$", "@"];

    public static void WriteCapabilities(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("capabilities");
        json.WriteString("positionEncoding", "utf-16");
        json.WriteStartObject("textDocumentSync");
        json.WriteBoolean("openClose", true);
        json.WriteNumber("change", 2); // edits, not whole texts
        json.WriteEndObject();
        json.WriteBoolean("hoverProvider", true);
        json.WriteBoolean("definitionProvider", true);
        json.WriteBoolean("documentFormattingProvider", true);
        json.WriteStartObject("completionProvider");
        json.WriteStartArray("triggerCharacters");
        foreach (string trigger in Triggers) json.WriteStringValue(trigger);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("serverInfo");
        json.WriteString("name", "ruche");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>What is wrong with a document. What is wrong with a file that it imports stands at its start, with its place.</summary>
    public static void WriteDiagnostics(Utf8JsonWriter json, TraceDocument document)
    {
        foreach (var diagnostic in document.Diagnostics)
        {
            var where = diagnostic.Where as Location.Text ?? new(document.Name, 1, 1);
            bool isOwn = where.File == document.Name;
            json.WriteStartObject();
            WriteRange(json, isOwn ? where : new(document.Name, 1, 1));
            json.WriteNumber("severity", diagnostic.Severity switch { Severity.Error => 1, Severity.Warning => 2, _ => 3 });
            json.WriteString("code", diagnostic.Id);
            json.WriteString("source", "ruche");
            json.WriteString("message", string.Join('\n', [isOwn ? diagnostic.Message : $"{where}: {diagnostic.Message}", .. diagnostic.Notes]));
            json.WriteEndObject();
        }
    }

    public static void WriteHover(Utf8JsonWriter json, TraceHover? hover)
    {
        if (hover is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteStartObject("contents");
        json.WriteString("kind", "markdown");
        json.WriteString("value", $"```bpftrace\n{hover.Code}\n```\n{hover.Text}".TrimEnd());
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void WriteLocation(Utf8JsonWriter json, Location.Text? where)
    {
        if (where is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("uri", FileUri.Of(where.File));
        WriteRange(json, where);
        json.WriteEndObject();
    }

    public static void WriteCompletions(Utf8JsonWriter json, TraceDocument document, int position)
    {
        var completions = document.CompletionsAt(position);
        string written = document.Text[completions.Start..position];
        json.WriteStartObject();
        json.WriteBoolean("isIncomplete", !completions.IsComplete);
        json.WriteStartArray("items");
        foreach (var item in completions.Items)
        {
            json.WriteStartObject();
            json.WriteString("label", item.Label);
            json.WriteNumber("kind", KindOf(item.Kind));
            if (item.Detail.Length > 0) json.WriteString("detail", item.Detail);

            // Short names of providers and wildcards begin no label, but stand for it.
            if (item.Kind is TraceCompletionKind.Probe && !item.Label.StartsWith(written, StringComparison.Ordinal)) json.WriteString("filterText", written);
            json.WriteStartObject("textEdit");
            WriteRange(json, document, completions.Start, position);
            json.WriteString("newText", item.Label);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>One edit that replaces all of the text; none where nothing changes, null while it cannot be read.</summary>
    public static void WriteFormatted(Utf8JsonWriter json, TraceDocument document)
    {
        if (document.Format() is not { } text)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartArray();
        if (text != document.Text)
        {
            json.WriteStartObject();
            WriteRange(json, document, 0, document.Text.Length);
            json.WriteString("newText", text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRange(Utf8JsonWriter json, TraceDocument document, int start, int end)
    {
        var (first, from) = document.LineOf(start);
        var (last, to) = document.LineOf(end);
        WriteRange(json, first, from, last, to);
    }

    private static void WriteRange(Utf8JsonWriter json, Location.Text where) =>
        WriteRange(json, where.Line - 1, where.Column - 1, where.Line - 1, where.Column - 1 + where.Length);

    private static void WriteRange(Utf8JsonWriter json, int line, int column, int lastLine, int lastColumn)
    {
        json.WriteStartObject("range");
        WritePosition(json, "start", line, column);
        WritePosition(json, "end", lastLine, lastColumn);
        json.WriteEndObject();
    }

    private static void WritePosition(Utf8JsonWriter json, string name, int line, int column)
    {
        json.WriteStartObject(name);
        json.WriteNumber("line", line);
        json.WriteNumber("character", column);
        json.WriteEndObject();
    }

    private static int KindOf(TraceCompletionKind kind) => kind switch
    {
        TraceCompletionKind.Keyword => 14,
        TraceCompletionKind.Probe => 23,
        TraceCompletionKind.Function => 3,
        TraceCompletionKind.Builtin => 21,
        TraceCompletionKind.Variable or TraceCompletionKind.Map => 6,
        TraceCompletionKind.Field => 5,
        TraceCompletionKind.Setting => 10,
        TraceCompletionKind.Type => 22,
        _ => throw new UnreachableException($"no case for {kind}"),
    };
}
