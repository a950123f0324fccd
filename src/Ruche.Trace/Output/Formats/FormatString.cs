// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Types;

namespace Ruche.Trace.Output.Formats;

/// <summary>
/// A format as printf takes it, read once, with the types of its arguments. Widths, precisions and flags mean what they mean in C; so does a
/// number without <c>l</c>, of which 32 bits are shown. Immutable.
/// </summary>
internal sealed class FormatString
{
    private readonly FormatPiece[] _pieces;
    private readonly TraceType[] _types;
    private readonly int[] _offsets;
    private readonly int[] _sizes;

    private FormatString(FormatPiece[] pieces, TraceType.Tuple arguments)
    {
        _pieces = pieces;
        _types = [.. arguments.Elements];
        _offsets = ValueLayout.OffsetsOf(arguments);
        _sizes = [.. arguments.Elements.Select(ValueLayout.SizeOf)];
        RecordSize = ValueLayout.SizeOf(arguments);
    }

    /// <summary>How many bytes the arguments take: those of a tuple of them.</summary>
    public int RecordSize { get; }

    /// <summary>
    /// Reads a format for arguments of some types. Null when it has errors; these, and warnings, are added to <paramref name="problems"/>.
    /// </summary>
    public static FormatString? Parse(ReadOnlySpan<byte> format, ImmutableArray<TraceType> arguments, List<FormatProblem> problems)
    {
        int known = problems.Count;
        FormatPiece[] pieces = [.. FormatReader.Read(format, problems)];
        if (!HasErrors(problems, known)) Check(pieces, arguments, format.Length, problems);
        return HasErrors(problems, known) ? null : new(pieces, new(arguments));
    }

    /// <summary>Appends the text for arguments that lie in a record as a tuple does.</summary>
    public void Append(OutputBuffer buffer, ReadOnlySpan<byte> record, PrintContext context)
    {
        for (int i = 0; i < _types.Length; i++)
        {
            buffer.Append(_pieces[i].Literal);
            ArgumentText.Append(buffer, _pieces[i].Conversion.GetValueOrDefault(), _types[i], record.Slice(_offsets[i], _sizes[i]), context);
        }

        buffer.Append(_pieces[^1].Literal);
    }

    private static void Check(FormatPiece[] pieces, ImmutableArray<TraceType> arguments, int length, List<FormatProblem> problems)
    {
        int conversions = pieces.Length - 1;
        if (conversions != arguments.Length)
        {
            string given = $"{(arguments.Length == 1 ? "is" : "are")} {Count(arguments.Length, "argument")}";
            var (start, size) = conversions > arguments.Length ? (pieces[arguments.Length].Start, pieces[arguments.Length].Length) : (0, length);
            problems.Add(new(TraceDiagnostics.FormatArgumentCount, Severity.Error,
                $"the format has {Count(conversions, "conversion")}, but there {given}", start, size));
            return;
        }

        for (int i = 0; i < conversions; i++)
        {
            var kind = pieces[i].Conversion.GetValueOrDefault().Kind;
            if (ArgumentText.Takes(kind, arguments[i])) continue;
            string wanted = kind switch
            {
                ConversionKind.Value => "a value",
                ConversionKind.Bytes or ConversionKind.HexBytes or ConversionKind.EscapedBytes => "a buffer",
                _ => "a number",
            };
            problems.Add(new(TraceDiagnostics.FormatArgumentType, Severity.Error,
                $"argument {i + 1} of the format is of type '{arguments[i]}', but its conversion takes {wanted}"
                    + (wanted == "a value" || arguments[i] is TraceType.Nothing ? "" : "; %s shows any"), pieces[i].Start, pieces[i].Length));
        }
    }

    private static bool HasErrors(List<FormatProblem> problems, int from) => problems.Skip(from).Any(p => p.Severity is Severity.Error);

    private static string Count(int count, string what) => $"{(count == 0 ? "no" : count)} {what}{(count == 1 ? "" : "s")}";
}
