// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ruche.Cli.Output;
using Ruche.Cli.Run;
using Ruche.Cli.Terminals;

namespace Ruche.Cli.Bpf.Listing;

/// <summary>Writes lists to standard output: as columns, as one JSON document, or as one JSON document a line.</summary>
internal static class ListingOutput
{
    /// <summary>How JSON is written everywhere under <c>ruche bpf</c>.</summary>
    public static JsonWriterOptions JsonOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes items; JSON is an array, or one object when <paramref name="isSingle"/>.</summary>
    public static void Write<T>(IReadOnlyList<T> items, IListingShape<T> shape, OutputFormat format, bool isSingle)
    {
        using Stream output = StandardOutput.Open();
        switch (format)
        {
            case OutputFormat.Text: WriteText(output, items, shape); break;
            case OutputFormat.Json: WriteJson(output, items, shape, isSingle); break;
            case OutputFormat.Ndjson:
                foreach (T item in items) WriteJson(output, [item], shape, isSingle: true);
                break;
            default: throw new UnreachableException($"no case for {format}");
        }
    }

    /// <summary>Writes one JSON document and a line end.</summary>
    public static void WriteJson(Action<Utf8JsonWriter> write)
    {
        using Stream output = StandardOutput.Open();
        using (Utf8JsonWriter json = new(output, JsonOptions)) write(json);
        output.WriteByte((byte)'\n');
    }

    private static void WriteText<T>(Stream output, IReadOnlyList<T> items, IListingShape<T> shape)
    {
        if (items.Count == 0) return;
        List<string[]> rows = [shape.Head];
        foreach (T item in items) rows.Add(shape.Cells(item));
        int[] used = [.. Enumerable.Range(0, rows[0].Length).Where(column => rows.Skip(1).Any(row => row[column].Length > 0))];
        StringBuilder text = new();
        Columns.Write(text, "", [.. rows.Select(row => used.Select(column => row[column]).ToArray())]);
        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static void WriteJson<T>(Stream output, IReadOnlyList<T> items, IListingShape<T> shape, bool isSingle)
    {
        using (Utf8JsonWriter json = new(output, JsonOptions))
        {
            if (!isSingle) json.WriteStartArray();
            foreach (T item in items)
            {
                json.WriteStartObject();
                shape.WriteMembers(json, item);
                json.WriteEndObject();
            }

            if (!isSingle) json.WriteEndArray();
        }

        output.WriteByte((byte)'\n');
    }
}
