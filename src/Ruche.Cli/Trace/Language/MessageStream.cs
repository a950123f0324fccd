// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ruche.Cli.Trace.Language;

/// <summary>Messages of JSON-RPC, each behind a header with its length, as language servers and editors exchange them.</summary>
internal sealed class MessageStream(Stream input, Stream output)
{
    private const string LengthField = "Content-Length:";

    // More than any script; a length beyond it is a mistake.
    private const int LongestMessage = 1 << 28;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The next message; null when there are no more.</summary>
    /// <exception cref="CommandFailure">What comes is no message, and nobody can say where the next one begins.</exception>
    public byte[]? Read()
    {
        int length = -1;
        while (ReadLine() is { } line)
        {
            if (line.Length == 0 && length >= 0) return ReadBody(length);
            if (line.Length == 0) throw new CommandFailure(ExitCode.Failed, "a message has no Content-Length; --lsp is for editors");
            if (!line.StartsWith(LengthField, StringComparison.OrdinalIgnoreCase)) continue;
            bool isNumber = int.TryParse(line.AsSpan(LengthField.Length), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out length);
            if (!isNumber || length > LongestMessage) throw new CommandFailure(ExitCode.Failed, $"'{line}' is no length of a message");
        }

        return null;
    }

    /// <summary>Sends a message, an object whose members <paramref name="write"/> writes.</summary>
    public void Write(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> body = new();
        using (Utf8JsonWriter json = new(body, Options))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc", "2.0");
            write(json);
            json.WriteEndObject();
        }

        output.Write(Encoding.ASCII.GetBytes($"{LengthField} {body.WrittenCount}\r\n\r\n"));
        output.Write(body.WrittenSpan);
        output.Flush();
    }

    private byte[]? ReadBody(int length)
    {
        byte[] body = new byte[length];
        return input.ReadAtLeast(body, length, throwOnEndOfStream: false) == length ? body : null;
    }

    private string? ReadLine()
    {
        StringBuilder line = new();
        for (int next = input.ReadByte(); next >= 0; next = input.ReadByte())
        {
            if (next == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)next);
        }

        return null;
    }
}
