// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Ruche.Cli.Bpf.Maps.Events;

/// <summary>Records as a line about each, then its bytes in hexadecimal and as text, sixteen a line.</summary>
internal sealed class TextEvents(Stream output) : IEventOutput
{
    private const int BytesPerLine = 16;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly StreamWriter _writer = new(output, new UTF8Encoding(false));
    private readonly StringBuilder _text = new();

    public void Write(EventPlace? place, long nanoseconds, ReadOnlySpan<byte> record)
    {
        _text.Clear();
        _text.Append(CultureInfo.InvariantCulture, $"== @{nanoseconds / NanosecondsPerSecond}.{nanoseconds % NanosecondsPerSecond:d9}");
        if (place is { } at) _text.Append(CultureInfo.InvariantCulture, $" CPU: {at.Cpu} index: {at.Index}");
        _text.Append(" =====\n");
        for (int start = 0; start < record.Length; start += BytesPerLine) AppendLine(record.Slice(start, Math.Min(BytesPerLine, record.Length - start)));
        _writer.Write(_text);
    }

    public void WriteLost(EventPlace place, long count) =>
        _writer.Write(string.Create(CultureInfo.InvariantCulture, $"lost {count} events on CPU {place.Cpu}\n"));

    public void Flush() => _writer.Flush();

    public void Dispose() => _writer.Dispose();

    private void AppendLine(ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < BytesPerLine; i++)
        {
            if (i == BytesPerLine / 2) _text.Append(' ');
            if (i < bytes.Length) _text.Append(CultureInfo.InvariantCulture, $"{bytes[i]:x2} ");
            else _text.Append("   ");
        }

        _text.Append(" |");
        foreach (byte b in bytes) _text.Append(b is >= (byte)' ' and <= (byte)'~' ? (char)b : '.');
        _text.Append("|\n");
    }
}
