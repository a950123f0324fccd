// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Json;
using Ruche.Cli.Run;

namespace Ruche.Cli.Check;

/// <summary>Writes what was found: for people, or as JSON.</summary>
internal static class CheckReport
{
    private const int NameWidth = 26;
    private const string Green = "\e[32m", Red = "\e[31m", Yellow = "\e[33m", Dim = "\e[2m", Plain = "\e[0m";

    /// <summary>The whole report.</summary>
    public static string Render(IReadOnlyList<CheckRow> rows, OutputFormat format, bool isColoured) =>
        format is OutputFormat.Text ? Text(rows, isColoured) : Json(rows, format);

    private static string Text(IReadOnlyList<CheckRow> rows, bool isColoured)
    {
        StringBuilder text = new();
        foreach (var group in rows.GroupBy(row => row.Group))
        {
            text.Append(group.Key).Append('\n');
            foreach (var row in group) Append(text, row, isColoured);
            text.Append('\n');
        }

        CheckRow[] needed = [.. rows.Where(row => row.IsNeeded)];
        text.Append(needed.Length == 0
            ? $"ready: {Count(rows, CheckState.Ok)} ok, {Count(rows, CheckState.Missing)} missing, {Count(rows, CheckState.Refused)} refused, nothing that ruche cannot do without\n"
            : $"not ready: {string.Join(", ", needed.Select(row => row.Name))}\n");
        return text.ToString();
    }

    private static void Append(StringBuilder text, CheckRow row, bool isColoured)
    {
        string state = row.State.ToString().ToLowerInvariant().PadRight(7);
        string colour = row.State switch { CheckState.Ok => Green, CheckState.Missing => Yellow, CheckState.Refused => Red, _ => Dim };
        text.Append("  ").Append(isColoured ? $"{colour}{state}{Plain}" : state).Append("  ").Append(row.Name.PadRight(NameWidth)).Append("  ").Append(row.Detail).Append('\n');
        string indent = new(' ', NameWidth + 13);
        if (row.Consequence.Length > 0) AppendNote(text, indent, row.Consequence, isColoured);
        if (row.Remedy.Length > 0) AppendNote(text, indent, $"→ {row.Remedy}", isColoured);
    }

    private static void AppendNote(StringBuilder text, string indent, string note, bool isColoured) =>
        text.Append(indent).Append(isColoured ? $"{Dim}{note}{Plain}" : note).Append('\n');

    private static int Count(IReadOnlyList<CheckRow> rows, CheckState state) => rows.Count(row => row.State == state);

    private static string Json(IReadOnlyList<CheckRow> rows, OutputFormat format)
    {
        bool isArray = format is OutputFormat.Json;
        string body = string.Join(isArray ? ",\n" : "\n", rows.Select(Object));
        return isArray ? $"[\n{body}\n]\n" : $"{body}\n";
    }

    private static string Object(CheckRow row)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("group", row.Group);
            writer.WriteString("name", row.Name);
            writer.WriteString("state", row.State.ToString().ToLowerInvariant());
            writer.WriteString("detail", row.Detail);
            writer.WriteString("consequence", row.Consequence);
            writer.WriteString("remedy", row.Remedy);
            writer.WriteBoolean("needed", row.IsNeeded);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
