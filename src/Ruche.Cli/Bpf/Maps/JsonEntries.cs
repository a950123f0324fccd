// SPDX-License-Identifier: MIT
using System.Text.Json;
using Ruche.Bpf.Objects.Btf.Values;
using Ruche.Cli.Bpf.Listing;

namespace Ruche.Cli.Bpf.Maps;

/// <summary>Entries as JSON objects: their bytes, and <c>formatted</c> by their types when these are known, in bpftool's shape.</summary>
internal sealed class JsonEntries : IEntryOutput
{
    private const int FlushAt = 1 << 15;

    private readonly Stream _output;
    private readonly EntryLayout _layout;
    private readonly bool _isArray;
    private readonly Utf8JsonWriter _json;

    public JsonEntries(Stream output, EntryLayout layout, bool isArray)
    {
        _output = output;
        _layout = layout;
        _isArray = isArray;
        _json = new(output, ListingOutput.JsonOptions);
        if (isArray) _json.WriteStartArray();
    }

    public void Write(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        _json.WriteStartObject();
        WriteBytes("key", key);
        if (_layout.IsPerCpu) WritePerCpu(value, WriteBytes);
        else WriteBytes("value", value);
        if (_layout.Types is not null) WriteFormatted(key, value);
        _json.WriteEndObject();
        if (_isArray)
        {
            if (_json.BytesPending > FlushAt) _json.Flush();
            return;
        }

        _json.Flush();
        _json.Reset();
        _output.WriteByte((byte)'\n');
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

    private void WriteFormatted(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        MapTypes types = _layout.Types!;
        _json.WriteStartObject("formatted");
        if (!key.IsEmpty)
        {
            _json.WritePropertyName("key");
            BtfValueJson.Write(_json, types.ReadKey(key));
        }

        if (_layout.IsPerCpu) WritePerCpu(value, WriteValue);
        else WriteValue("value", value);
        _json.WriteEndObject();
    }

    private void WritePerCpu(ReadOnlySpan<byte> values, Action<string, ReadOnlySpan<byte>> write)
    {
        _json.WriteStartArray("values");
        for (int cpu = 0; (cpu + 1) * _layout.Stride <= values.Length; cpu++)
        {
            _json.WriteStartObject();
            _json.WriteNumber("cpu", cpu);
            write("value", values.Slice(cpu * _layout.Stride, _layout.ValueSize));
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteValue(string name, ReadOnlySpan<byte> value)
    {
        _json.WritePropertyName(name);
        BtfValueJson.Write(_json, _layout.Types!.ReadValue(value));
    }

    private void WriteBytes(string name, ReadOnlySpan<byte> bytes) => JsonBytes.Write(_json, name, bytes);
}
