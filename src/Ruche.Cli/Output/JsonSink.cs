// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ruche.Bpf.Objects.Btf.Values;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Cli.Live;

namespace Ruche.Cli.Output;

/// <summary>
/// JSON events: one document a line, or with <paramref name="asArray"/> all of them as the elements of one array, which is
/// written as they come and closed at the end.
/// </summary>
internal sealed class JsonSink(Stream output, bool asArray) : ILiveSink
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Utf8JsonWriter _json = new(output, Options);
    private bool _started;

    public void Show(LiveEvent e)
    {
        if (e is not LiveEvent.Maps maps)
        {
            Element(() => WriteEvent(e));
            return;
        }

        foreach (MapSnapshot map in maps.Snapshots) Element(() => WriteMap(maps.Time, map));
    }

    public void Flush() => output.Flush();

    public void Finish()
    {
        if (asArray) output.Write(_started ? "\n]\n"u8 : "[]\n"u8);
        output.Flush();
    }

    public void Dispose() => _json.Dispose();

    private void Element(Action write)
    {
        if (asArray) output.Write(_started ? ",\n"u8 : "[\n"u8);
        _started = true;
        _json.WriteStartObject();
        write();
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        if (!asArray) output.Write("\n"u8);
    }

    private void WriteEvent(LiveEvent e)
    {
        _json.WriteString("time", e.Time);
        switch (e)
        {
            case LiveEvent.Record x:
                _json.WriteString("type", "record");
                _json.WriteString("map", x.Map);
                if (x.Type is not null) _json.WriteString("record_type", x.Type);
                _json.WriteNumber("size", x.Size);
                Value("value", x.Value);
                break;
            case LiveEvent.Lost x:
                _json.WriteString("type", "lost");
                _json.WriteString("map", x.Map);
                _json.WriteNumber("count", x.Count);
                _json.WriteString("reason", x.Reason);
                break;
            case LiveEvent.Trace x:
                _json.WriteString("type", "trace");
                _json.WriteString("line", x.Line);
                break;
            default:
                throw new UnreachableException($"no case for {e.GetType().Name}");
        }
    }

    private void WriteMap(DateTimeOffset time, MapSnapshot map)
    {
        _json.WriteString("time", time);
        _json.WriteString("type", "map");
        _json.WriteString("map", map.Map);
        _json.WriteString("map_type", map.Type.KernelName());
        _json.WriteNumber("max_entries", map.Capacity);
        _json.WriteStartArray("entries");
        foreach (MapRow row in map.Rows)
        {
            _json.WriteStartObject();
            Value("key", row.Key);
            Value("value", row.Value);
            WritePerCpu(row);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WritePerCpu(MapRow row)
    {
        if (row.PerCpu.IsEmpty) return;
        _json.WriteStartArray("per_cpu");
        foreach (BtfValue value in row.PerCpu) BtfValueJson.Write(_json, value);
        _json.WriteEndArray();
    }

    private void Value(string name, BtfValue value)
    {
        _json.WritePropertyName(name);
        BtfValueJson.Write(_json, value);
    }
}
