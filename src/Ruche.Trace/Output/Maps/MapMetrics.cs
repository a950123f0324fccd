// SPDX-License-Identifier: MIT
using Ruche.Trace.Output.Values;
using Ruche.Trace.Types;

namespace Ruche.Trace.Output.Maps;

/// <summary>
/// Maps in the text format of Prometheus: a metric for each, <c>trace_name</c>, with the keys as labels. Counts are counters, histograms are
/// histograms without a sum, which nobody keeps; statistics and averages are summaries. Of other values numbers are gauges, and text is a label.
/// </summary>
internal static class MapMetrics
{
    private const string Prefix = "trace";

    public static void Append(OutputBuffer buffer, MapShape shape, IReadOnlyList<MapEntry> rows, PrintContext context)
    {
        if (rows.Count == 0) return;
        string name = Prefix + (shape.Name.Length > 1 ? $"_{shape.Name[1..]}" : "");
        buffer.Append($"# TYPE {name} {TypeOf(shape)}\n");
        foreach (var row in rows)
        {
            string labels = LabelsOf(shape, row.Key, context);
            switch (shape.Value)
            {
                case TraceType.Aggregate { Of: { IsHistogram: true } of }: AppendHistogram(buffer, name, labels, HistogramBucket.Of(of, row.Value, 1)); break;
                case TraceType.Aggregate { Of: Aggregation.Series of } when SeriesPoint.Of(of, row.Value, 1) is [.., { Value: { } last }]: Append(buffer, name, labels, last); break;
                case TraceType.Aggregate { Of: Aggregation.Average or Aggregation.Statistics } x:
                    var sum = AggregateValue.Of(x.Of, row.Value);
                    Append(buffer, $"{name}_sum", labels, sum.Total);
                    Append(buffer, $"{name}_count", labels, sum.Count);
                    break;
                case TraceType.Aggregate { Of.HasParts: false } x: AppendNumber(buffer, name, labels, AggregateValue.Of(x.Of, row.Value)); break;
                case TraceType.Integer { IsSigned: true } or TraceType.Enumeration { Layout.IsSigned: true }: Append(buffer, name, labels, StoredNumber.Of(shape.Value, row.Value)); break;
                case TraceType.Integer or TraceType.Boolean or TraceType.Enumeration: AppendNumber(buffer, name, labels, new(StoredNumber.Of(shape.Value, row.Value), false)); break;
                default: Append(buffer, name, With(labels, "value", Written(shape.Value, row.Value, context)), 1); break;
            }
        }
    }

    private static string TypeOf(MapShape shape) => shape.Aggregation switch
    {
        Aggregation.Count => "counter",
        { IsHistogram: true } => "histogram",
        Aggregation.Average or Aggregation.Statistics => "summary",
        _ => "gauge",
    };

    private static void AppendHistogram(OutputBuffer buffer, string name, string labels, IReadOnlyList<HistogramBucket> buckets)
    {
        ulong total = 0;
        foreach (var bucket in buckets)
        {
            total += bucket.Count;
            if (bucket.Greatest is { } greatest) AppendNumber(buffer, $"{name}_bucket", With(labels, "le", $"{greatest}"), new((long)total, false));
        }

        AppendNumber(buffer, $"{name}_bucket", With(labels, "le", "+Inf"), new((long)total, false));
        AppendNumber(buffer, $"{name}_count", labels, new((long)total, false));
    }

    private static void AppendNumber(OutputBuffer buffer, string name, string labels, AggregateValue value)
    {
        if (value.IsSigned || value.Number >= 0) Append(buffer, name, labels, value.Number);
        else buffer.Append($"{name}{Braced(labels)} {(ulong)value.Number}\n");
    }

    private static void Append(OutputBuffer buffer, string name, string labels, long value) => buffer.Append(FormattableString.Invariant($"{name}{Braced(labels)} {value}\n"));

    private static string Braced(string labels) => labels.Length == 0 ? "" : $"{{{labels}}}";

    private static string LabelsOf(MapShape shape, byte[] key, PrintContext context)
    {
        if (shape.IsScalar) return "";
        if (shape.Key is not TraceType.Tuple tuple) return With("", "key", Written(shape.Key, key.AsSpan(0, ValueLayout.SizeOf(shape.Key)), context));
        int[] offsets = ValueLayout.OffsetsOf(tuple);
        string labels = "";
        for (int i = 0; i < offsets.Length; i++)
        {
            string name = tuple.Names.IsEmpty ? FormattableString.Invariant($"key{i}") : tuple.Names[i];
            labels = With(labels, name, Written(tuple.Elements[i], key.AsSpan(offsets[i], ValueLayout.SizeOf(tuple.Elements[i])), context));
        }

        return labels;
    }

    private static string With(string labels, string name, string value)
    {
        string escaped = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return $"{labels}{(labels.Length == 0 ? "" : ",")}{name}=\"{escaped}\"";
    }

    private static string Written(TraceType type, ReadOnlySpan<byte> value, PrintContext context)
    {
        OutputBuffer text = new();
        ValueWalk.Write(new TextForm(text, isCompact: true), type, value, context);
        return text.ToString();
    }
}
