// SPDX-License-Identifier: MIT
using System.Text.Json;
using Ruche.Cli.Bpf.Listing;

namespace Ruche.Cli.Bpf.Maps.Events;

/// <summary>Records as JSON objects with bpftool's members: the elements of one array, or one document a line.</summary>
internal sealed class JsonEvents : IEventOutput
{
    // The kinds of records that the kernel numbers so.
    private const int Lost = 2;
    private const int Sample = 9;

    private readonly Stream _output;
    private readonly bool _isArray;
    private readonly Utf8JsonWriter _json;

    public JsonEvents(Stream output, bool isArray)
    {
        _output = output;
        _isArray = isArray;
        _json = new(output, ListingOutput.JsonOptions);
        if (isArray) _json.WriteStartArray();
    }

    public void Write(EventPlace? place, long nanoseconds, ReadOnlySpan<byte> record)
    {
        _json.WriteStartObject();
        if (place is { } at) WritePlace(Sample, at);
        _json.WriteNumber("timestamp", nanoseconds);
        _json.WriteStartArray("data");
        foreach (byte b in record) _json.WriteNumberValue(b);
        _json.WriteEndArray();
        End();
    }

    public void WriteLost(EventPlace place, long count)
    {
        _json.WriteStartObject();
        WritePlace(Lost, place);
        _json.WriteStartObject("lost");
        _json.WriteNumber("count", count);
        _json.WriteEndObject();
        End();
    }

    public void Flush()
    {
        _json.Flush();
        _output.Flush();
    }

    public void Dispose()
    {
        if (_isArray)
        {
            _json.WriteEndArray();
            _json.Flush();
            _output.WriteByte((byte)'\n');
        }

        _json.Dispose();
        _output.Dispose();
    }

    private void WritePlace(int type, EventPlace place)
    {
        _json.WriteNumber("type", type);
        _json.WriteNumber("cpu", place.Cpu);
        _json.WriteNumber("index", place.Index);
    }

    private void End()
    {
        _json.WriteEndObject();
        if (_isArray) return;
        _json.Flush();
        _json.Reset();
        _output.WriteByte((byte)'\n');
    }
}
