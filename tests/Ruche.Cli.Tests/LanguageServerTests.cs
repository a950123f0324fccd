// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace Ruche.Cli.Tests;

/// <summary>The published command as an editor's language server.</summary>
public sealed class LanguageServerTests
{
    private const string Document = """ "textDocument":{"uri":"file:///tmp/a%20b.bt"} """;

    [Fact]
    public void An_editor_is_answered_from_beginning_to_end()
    {
        Host.Require([]);
        using EditorSession editor = new();

        var capabilities = editor.Ask("initialize", """{"processId":null,"rootUri":null,"capabilities":{}}""").GetProperty("result").GetProperty("capabilities");
        editor.Tell("initialized");
        editor.Tell("$/setTrace", """{"value":"off"}""");
        var opened = Open(editor, "begin {\n  $other = \"😀\"; $xx = pid; print($x);\n}\n");
        Tell(editor, """ "contentChanges":[{"range":{"start":{"line":1,"character":36},"end":{"line":1,"character":36}},"text":"x"}] """);
        var corrected = editor.Receive();
        var hover = Ask(editor, "hover", 1, 36);
        var completion = Ask(editor, "completion", 1, 36);
        var definition = Ask(editor, "definition", 1, 36);
        var formatted = editor.Ask("textDocument/formatting", $$"""{ {{Document}},"options":{"tabSize":4,"insertSpaces":true} }""").GetProperty("result");
        Tell(editor, """ "contentChanges":[{"text":"begin { "}] """);
        var broken = editor.Receive();
        editor.Tell("textDocument/didClose", $$"""{ {{Document}} }""");
        var closed = editor.Receive();
        var end = editor.Ask("shutdown");
        editor.Tell("exit");

        Assert.Equal(2, capabilities.GetProperty("textDocumentSync").GetProperty("change").GetInt32());
        var mistake = Assert.Single(DiagnosticsOf(opened));
        Assert.Equal(("RU6202", 1, "[1,34,1,36]"), (mistake.GetProperty("code").GetString(), mistake.GetProperty("severity").GetInt32(), Range(mistake)));
        Assert.EndsWith("\ndid you mean 'xx'?", mistake.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(DiagnosticsOf(corrected));
        Assert.Equal("```bpftrace\n$xx: uint64\n```", hover.GetProperty("contents").GetProperty("value").GetString());
        Assert.Contains(completion.GetProperty("items").EnumerateArray(), i => i.GetProperty("label").GetString() == "$other" && Range(i.GetProperty("textEdit")) == "[1,34,1,36]");
        Assert.Equal(("file:///tmp/a%20b.bt", "[1,17,1,20]"), (definition.GetProperty("uri").GetString(), Range(definition)));
        var edit = Assert.Single(formatted.EnumerateArray());
        Assert.Equal(("begin\n{\n", "[0,0,3,0]"), (edit.GetProperty("newText").GetString()![..8], Range(edit)));
        Assert.Equal("RU6008", Assert.Single(DiagnosticsOf(broken)).GetProperty("code").GetString());
        Assert.Empty(DiagnosticsOf(closed));
        Assert.Equal(JsonValueKind.Null, end.GetProperty("result").ValueKind);
        Assert.Equal(0, editor.Exit());
    }

    [Fact]
    public void What_cannot_be_answered_is_told_so()
    {
        Host.Require([]);
        using EditorSession editor = new();

        int early = Error(editor.Ask("textDocument/hover"));
        editor.Ask("initialize");
        int unknown = Error(editor.Ask("textDocument/rename"));
        int incomplete = Error(editor.Ask("textDocument/hover"));
        int closed = Error(editor.Ask("textDocument/formatting", $$"""{ {{Document}} }"""));
        editor.Send("{ this is no JSON");
        var malformed = editor.Receive();
        editor.Send("[]");
        int wrong = Error(editor.Receive());
        editor.Send("""{"jsonrpc":"2.0","id":"seven","method":"$/unknown"}""");
        var named = editor.Receive();
        editor.Ask("shutdown");
        int late = Error(editor.Ask("textDocument/hover"));

        Assert.Equal((-32002, -32601, -32602, -32602, -32600, -32600), (early, unknown, incomplete, closed, wrong, late));
        Assert.Equal((-32601, "seven"), (Error(named), named.GetProperty("id").GetString()));
        Assert.Equal((-32700, JsonValueKind.Null), (Error(malformed), malformed.GetProperty("id").ValueKind));
    }

    [Fact]
    public void Who_leaves_without_a_word_is_told_a_failure()
    {
        Host.Require([]);
        using EditorSession exited = new(), gone = new();

        exited.Ask("initialize");
        exited.Tell("exit");
        gone.Ask("initialize");
        gone.HangUp();

        Assert.Equal((1, 1), (exited.Exit(), gone.Exit()));
    }

    [Fact]
    public void Parameters_of_scripts_stand_behind_the_option()
    {
        Host.Require([]);
        using EditorSession without = new(), with = new("begin");

        without.Ask("initialize");
        with.Ask("initialize");

        Assert.Equal(3, Assert.Single(DiagnosticsOf(Open(without, "$1 { }"))).GetProperty("severity").GetInt32());
        Assert.Empty(DiagnosticsOf(Open(with, "$1 { }")));
    }

    private static JsonElement Open(EditorSession editor, string text)
    {
        editor.Tell("textDocument/didOpen", $$"""{"textDocument":{"uri":"file:///tmp/a%20b.bt","languageId":"bpftrace","version":1,"text":{{JsonSerializer.Serialize(text)}} } }""");
        return editor.Receive();
    }

    private static void Tell(EditorSession editor, string changes) => editor.Tell("textDocument/didChange", $$"""{ {{Document}},{{changes}} }""");

    private static JsonElement Ask(EditorSession editor, string what, int line, int character) =>
        editor.Ask($"textDocument/{what}", $$"""{ {{Document}},"position":{"line":{{line}},"character":{{character}}} }""").GetProperty("result");

    private static JsonElement[] DiagnosticsOf(JsonElement published)
    {
        Assert.Equal("textDocument/publishDiagnostics", published.GetProperty("method").GetString());
        return [.. published.GetProperty("params").GetProperty("diagnostics").EnumerateArray()];
    }

    private static string Range(JsonElement owner)
    {
        var range = owner.GetProperty("range");
        var (start, end) = (range.GetProperty("start"), range.GetProperty("end"));
        return $"[{start.GetProperty("line")},{start.GetProperty("character")},{end.GetProperty("line")},{end.GetProperty("character")}]";
    }

    private static int Error(JsonElement answer) => answer.GetProperty("error").GetProperty("code").GetInt32();
}
