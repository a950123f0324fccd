// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ruche.Cli.Tests;

/// <summary>An editor's side of a conversation with <c>ruche trace --lsp</c>.</summary>
internal sealed class EditorSession : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private int _requests;

    public EditorSession(params string[] arguments)
    {
        ProcessStartInfo info = new(Host.Binary, ["trace", "--lsp", .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        _process = Process.Start(info)!;
    }

    /// <summary>Sends a request and yields what comes next.</summary>
    public JsonElement Ask(string method, string parameters = "{}")
    {
        Send($$"""{"jsonrpc":"2.0","id":{{++_requests}},"method":"{{method}}","params":{{parameters}}}""");
        var answer = Receive();
        Assert.Equal(_requests, answer.GetProperty("id").GetInt32());
        return answer;
    }

    /// <summary>Sends a message that nobody answers.</summary>
    public void Tell(string method, string parameters = "{}") => Send($$"""{"jsonrpc":"2.0","method":"{{method}}","params":{{parameters}}}""");

    /// <summary>Sends text as a message.</summary>
    public void Send(string message)
    {
        byte[] body = Encoding.UTF8.GetBytes(message);
        _process.StandardInput.BaseStream.Write(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n"));
        _process.StandardInput.BaseStream.Write(body);
        _process.StandardInput.BaseStream.Flush();
    }

    /// <summary>The next message that comes.</summary>
    public JsonElement Receive()
    {
        var output = _process.StandardOutput.BaseStream;
        StringBuilder header = new();
        while (!header.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            int next = output.ReadByte();
            Assert.True(next >= 0, "the command has ended");
            header.Append((char)next);
        }

        byte[] body = new byte[int.Parse(header.ToString().Split(':')[1], CultureInfo.InvariantCulture)];
        output.ReadExactly(body);
        using var document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }

    /// <summary>Ends the input.</summary>
    public void HangUp() => _process.StandardInput.Close();

    /// <summary>How the command ends.</summary>
    public int Exit()
    {
        Assert.True(_process.WaitForExit(Patience), "the command does not end");
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
