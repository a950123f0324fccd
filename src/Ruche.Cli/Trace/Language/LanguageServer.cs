// SPDX-License-Identifier: MIT
using System.Text.Json;
using Ruche.Bpf;
using Ruche.Cli.Terminals;
using Ruche.Trace;
using Ruche.Trace.Language;

namespace Ruche.Cli.Trace.Language;

/// <summary>
/// <c>ruche trace --lsp</c>: answers what an editor asks about scripts, over standard input and output, one message after another. The documents are
/// those of the editor, kept up to date by the edits that it tells.
/// </summary>
internal sealed class LanguageServer(TraceOptions options, Stream input, Stream output)
{
    private readonly MessageStream _messages = new(input, output);
    private readonly TraceWorkspace _workspace = new(options);
    private readonly Dictionary<string, TraceDocument> _documents = new(StringComparer.Ordinal);
    private bool _isInitialized;
    private bool _isShutDown;
    private bool _isOver;

    /// <summary>Answers until the editor ends it, or its input does; failed unless the editor announced that.</summary>
    public static int Run(TraceOptions options)
    {
        using BufferedStream input = new(Console.OpenStandardInput());
        using var output = StandardOutput.Open();
        return new LanguageServer(options, input, output).Run();
    }

    private int Run()
    {
        while (!_isOver && _messages.Read() is { } message) Take(message);
        return _isShutDown ? ExitCode.Done : ExitCode.Failed;
    }

    private void Take(byte[] message)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(message);
        }
        catch (JsonException e)
        {
            Refuse(null, LanguageError.ParseError, e.Message);
            return;
        }

        using (document) Take(document.RootElement);
    }

    private void Take(JsonElement message)
    {
        JsonElement? id = message.ValueKind is JsonValueKind.Object && message.TryGetProperty("id", out var given) ? given : null;
        string? method = message.ValueKind is JsonValueKind.Object && message.TryGetProperty("method", out var named) && named.ValueKind is JsonValueKind.String ? named.GetString() : null;
        if (method is null)
        {
            // Answers to requests have no method; none are made.
            if (id is null) Refuse(null, LanguageError.InvalidRequest, "a message is an object with a method");
            return;
        }

        message.TryGetProperty("params", out var parameters);
        try
        {
            if (id is { } request) Answer(request, method, parameters);
            else if (_isInitialized || method == "exit") Notice(method, parameters);
        }
        catch (Exception e) when (e is BpfException or not IOException)
        {
            // One question fails, and not the editor's session: something is missing in it, or the mistake is here.
            bool isAsked = e is InvalidOperationException or KeyNotFoundException or ArgumentException or FormatException;
            if (id is not null) Refuse(id, isAsked ? LanguageError.InvalidParams : LanguageError.InternalError, $"{method}: {e.Message}");
            else Console.Error.WriteLine($"ruche: {method}: {e.Message}");
        }
    }

    private void Answer(JsonElement id, string method, JsonElement parameters)
    {
        if (_isShutDown) Refuse(id, LanguageError.InvalidRequest, "the server is shut down");
        else if (!_isInitialized && method != "initialize") Refuse(id, LanguageError.ServerNotInitialized, "'initialize' comes first");
        else if (ResultOf(method, parameters) is not { } write) Refuse(id, LanguageError.MethodNotFound, $"there is no method '{method}'");
        else
        {
            _messages.Write(json =>
            {
                WriteId(json, id);
                json.WritePropertyName("result");
                write(json);
            });
        }
    }

    private Action<Utf8JsonWriter>? ResultOf(string method, JsonElement parameters)
    {
        switch (method)
        {
            case "initialize":
                _isInitialized = true;
                return LanguageShapes.WriteCapabilities;
            case "shutdown":
                _isShutDown = true;
                return json => json.WriteNullValue();
            case "textDocument/hover": return json => LanguageShapes.WriteHover(json, At(parameters, out int place).HoverAt(place));
            case "textDocument/definition": return json => LanguageShapes.WriteLocation(json, At(parameters, out int place).DefinitionAt(place));
            case "textDocument/completion": return json => LanguageShapes.WriteCompletions(json, At(parameters, out int place), place);
            case "textDocument/formatting": return json => LanguageShapes.WriteFormatted(json, Document(parameters));
            default: return null;
        }
    }

    private void Notice(string method, JsonElement parameters)
    {
        switch (method)
        {
            case "exit":
                _isOver = true;
                break;
            case "textDocument/didOpen":
                var opened = parameters.GetProperty("textDocument");
                Keep(UriOf(parameters), _workspace.Open(opened.GetProperty("text").GetString() ?? "", FileUri.PathOf(UriOf(parameters))));
                break;
            case "textDocument/didChange":
                var document = Document(parameters);
                foreach (var change in parameters.GetProperty("contentChanges").EnumerateArray()) document = Changed(document, change);
                Keep(UriOf(parameters), document);
                break;
            case "textDocument/didClose":
                _documents.Remove(UriOf(parameters));
                Publish(UriOf(parameters), null);
                break;
        }
    }

    private void Keep(string uri, TraceDocument document)
    {
        _documents[uri] = document;
        Publish(uri, document);
    }

    private void Publish(string uri, TraceDocument? document) => _messages.Write(json =>
    {
        json.WriteString("method", "textDocument/publishDiagnostics");
        json.WriteStartObject("params");
        json.WriteString("uri", uri);
        json.WriteStartArray("diagnostics");
        if (document is not null) LanguageShapes.WriteDiagnostics(json, document);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    // Without a range the text is all of the new document.
    private static TraceDocument Changed(TraceDocument document, JsonElement change)
    {
        string text = change.GetProperty("text").GetString() ?? "";
        if (!change.TryGetProperty("range", out var range)) return document.With(0, document.Text.Length, text);
        int start = PositionOf(document, range.GetProperty("start"));
        return document.With(start, Math.Max(start, PositionOf(document, range.GetProperty("end"))), text);
    }

    private TraceDocument At(JsonElement parameters, out int position)
    {
        var document = Document(parameters);
        position = PositionOf(document, parameters.GetProperty("position"));
        return document;
    }

    private static int PositionOf(TraceDocument document, JsonElement position) =>
        document.PositionOf(position.GetProperty("line").GetInt32(), position.GetProperty("character").GetInt32());

    private TraceDocument Document(JsonElement parameters) =>
        _documents.TryGetValue(UriOf(parameters), out var document) ? document : throw new KeyNotFoundException($"'{UriOf(parameters)}' is not open");

    private static string UriOf(JsonElement parameters) => parameters.GetProperty("textDocument").GetProperty("uri").GetString() ?? "";

    private void Refuse(JsonElement? id, LanguageError error, string message) => _messages.Write(json =>
    {
        WriteId(json, id);
        json.WriteStartObject("error");
        json.WriteNumber("code", (int)error);
        json.WriteString("message", message);
        json.WriteEndObject();
    });

    // As it was given, whatever it is.
    private static void WriteId(Utf8JsonWriter json, JsonElement? id)
    {
        json.WritePropertyName("id");
        json.WriteRawValue(id?.GetRawText() ?? "null", skipInputValidation: true);
    }
}
