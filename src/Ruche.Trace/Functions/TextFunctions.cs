// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Binding;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Lowering;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;
using BinaryOperator = Ruche.Bpf.Compiler.Ir.BinaryOperator;
using Value = Ruche.Bpf.Compiler.Ir.Value;

namespace Ruche.Trace.Functions;

/// <summary>Functions that read or compare text and bytes.</summary>
internal static class TextFunctions
{
    private const int MostCompared = 256;

    public static ImmutableArray<TraceFunction> All { get; } =
    [
        new("str", 1, 2, BindText) { Usage = "str(pointer) or str(pointer, length)", Write = WriteText },
        new("buf", 1, 2, BindBuffer) { Usage = "buf(pointer, length) or buf(array)", Write = WriteBuffer },
        new("strncmp", 3, 3, BindCompare) { Usage = "strncmp(text, text, length)" },
        new("memcmp", 3, 3, BindOrder) { Usage = "memcmp(text or array, text or array, length)", Value = LowerOrder },
        new("strlen", 1, 1, (b, call, f) => BindTexts(b, call, f, TraceType.Int64)) { Usage = "strlen(text)", Value = (l, x) => l.LengthOf(x.Operands[0]) },
        new("strcap", 1, 1, BindCapacity) { Usage = "strcap(text)" },
        new("strcontains", 2, 2, (b, call, f) => BindTexts(b, call, f, TraceType.Bool)) { Usage = "strcontains(text, part)", Loops = true, Value = (l, x) => l.Extend(l.Compare(Bpf.Compiler.Ir.Comparison.GreaterOrEqual, l.IndexOf(x.Operands[0], x.Operands[1]), ProbeLowering.Number(0)), isSigned: false) },
        new("strstr", 2, 2, (b, call, f) => BindTexts(b, call, f, TraceType.Int64)) { Usage = "strstr(text, part)", Loops = true, Value = (l, x) => l.IndexOf(x.Operands[0], x.Operands[1]) },
        new("str_concat", 2, 2, BindJoined) { Usage = "str_concat(text, text)", Write = (l, x, to) => l.WriteJoined(x.Operands[0], x.Operands[1], to, ValueLayout.SizeOf(x.Type)) },
        new("default_str_length", 0, 0, (b, call, _) => new BoundExpression.Number(b.Options.TextCapacity, TraceType.UInt64, call.Span)) { Usage = "default_str_length()" },
        new("strftime", 2, 2, BindTime) { Usage = "strftime(\"format\", nsecs)", Value = (l, x) => l.Lower(x.Operands[0]) },
    ];

    private static BoundExpression BindText(Binder binder, Expression.Call call, TraceFunction function)
    {
        var source = call.Arguments[0] is Expression.Positional parameter ? binder.ParameterText(parameter) : binder.Bind(call.Arguments[0]);
        if (source.Type is TraceType.Nothing) return new BoundExpression.Nothing(call.Span);
        if (source.Type is TraceType.Text && call.Arguments.Length == 1) return source;
        if (source.Type is not (TraceType.Text or TraceType.Integer or TraceType.Pointer))
        {
            binder.Error(TraceDiagnostics.TypeMismatch, $"str takes the address of text, not {source.Type}", source.Span, function.Usage);
            return new BoundExpression.Nothing(call.Span);
        }

        int capacity = source.Type is TraceType.Text text ? text.Capacity : binder.Options.TextCapacity;
        if (call.Arguments.Length == 1) return new BoundExpression.Call(function, [source], new TraceType.Text(capacity), call.Span);
        var length = binder.BindNumber(call.Arguments[1]);
        if (source is BoundExpression.Literal whole && length is BoundExpression.Number { Value: >= 0 and var most })
            return whole with { Bytes = whole.Bytes[..(int)Math.Min(most, whole.Bytes.Length)] };
        if (length is BoundExpression.Number { Value: >= 0 and var known }) capacity = (int)Math.Min(known + 1, capacity);
        return new BoundExpression.Call(function, [source, length], new TraceType.Text(capacity), call.Span);
    }

    private static void WriteText(ProbeLowering l, BoundExpression.Call call, Place to)
    {
        int capacity = ((TraceType.Text)call.Type).Capacity;
        var most = call.Operands.Length > 1 && call.Operands[1] is not BoundExpression.Number ? l.Limit(l.Combine(BinaryOperator.Add, l.Lower(call.Operands[1]), ProbeLowering.Number(1)), capacity) : ProbeLowering.Number(capacity);
        var (reader, address) = SourceOf(l, call.Operands[0]);
        l.Clear(to, capacity);
        l.Call(reader, l.AddressOf(to), most, address);
    }

    private static (HelperId Reader, Value Address) SourceOf(ProbeLowering l, BoundExpression source)
    {
        if (source.Type is not TraceType.Text) return (ReaderOf(source.Type), l.Lower(source));
        var place = l.PlaceOf(source);
        return (place.Reach is Reach.User ? HelperId.ProbeReadUserStr : HelperId.ProbeReadKernelStr, l.AddressOf(place));
    }

    // Of a kernel's pointer nobody may have said that it is a process's: the helper that looks at the address finds out.
    private static HelperId ReaderOf(TraceType type) => type is TraceType.Pointer { Space: MemorySpace.User } ? HelperId.ProbeReadUserStr : HelperId.ProbeReadStr;

    private static BoundExpression BindBuffer(Binder binder, Expression.Call call, TraceFunction function)
    {
        var source = binder.Bind(call.Arguments[0]);
        if (source.Type is TraceType.Nothing) return new BoundExpression.Nothing(call.Span);
        if (call.Arguments.Length == 1)
        {
            if (source.Type is TraceType.Array or TraceType.Text) return new BoundExpression.Call(function, [source], new TraceType.Buffer(ValueLayout.SizeOf(source.Type)), call.Span);
            binder.Error(TraceDiagnostics.ArgumentCount, "buf needs to know how many bytes are there", call.Span, function.Usage);
            return new BoundExpression.Nothing(call.Span);
        }

        var length = binder.BindNumber(call.Arguments[1]);
        int capacity = length is BoundExpression.Number { Value: >= 0 and var known } ? (int)Math.Min(known, binder.Options.TextCapacity) : binder.Options.TextCapacity;
        return new BoundExpression.Call(function, [source, length], new TraceType.Buffer(capacity), call.Span);
    }

    private static void WriteBuffer(ProbeLowering l, BoundExpression.Call call, Place to)
    {
        int capacity = ((TraceType.Buffer)call.Type).Capacity;
        var source = call.Operands[0];
        var bytes = to.Plus(sizeof(uint));
        if (!Binder.IsNumber(source.Type))
        {
            l.Store(to, ProbeLowering.Number(capacity), sizeof(uint));
            l.Copy(bytes, l.PlaceOf(source), capacity);
            return;
        }

        var length = l.Limit(l.Lower(call.Operands[1]), capacity);
        var address = l.Lower(source);
        l.Store(to, length, sizeof(uint));
        l.Clear(bytes, capacity);
        l.Call(source.Type is TraceType.Pointer { Space: MemorySpace.User } ? HelperId.ProbeReadUser : HelperId.ProbeRead, l.AddressOf(bytes), length, address);
    }

    // As the C function: 0 when the first bytes are the same. Nothing tells which is greater otherwise.
    private static BoundExpression BindCompare(Binder binder, Expression.Call call, TraceFunction function)
    {
        var left = binder.Bind(call.Arguments[0]);
        var right = binder.Bind(call.Arguments[1]);
        if (binder.Bind(call.Arguments[2]) is not BoundExpression.Number { Value: >= 0 and <= int.MaxValue and var length })
        {
            binder.Error(TraceDiagnostics.BadArgument, "strncmp takes a length that is known when the script is compiled", call.Arguments[2].Span, function.Usage);
            return new BoundExpression.Nothing(call.Span);
        }

        if (left.Type is not TraceType.Text || right.Type is not TraceType.Text)
        {
            if (left.Type is not TraceType.Nothing && right.Type is not TraceType.Nothing) binder.Error(TraceDiagnostics.TypeMismatch, $"strncmp compares text, not {left.Type} and {right.Type}", call.Span, function.Usage);
            return new BoundExpression.Nothing(call.Span);
        }

        int most = Math.Min(ValueLayout.SizeOf(left.Type), ValueLayout.SizeOf(right.Type));
        var same = new BoundExpression.SameBytes(left, right, (int)Math.Min(length, most), IsText: true, IsNegated: true, call.Span);
        return length == 0 ? new BoundExpression.Number(0, TraceType.Int64, call.Span) : new BoundExpression.Cast(same, TraceType.Int64, call.Span);
    }

    private static BoundExpression BindTime(Binder binder, Expression.Call call, TraceFunction function)
    {
        var format = binder.LiteralOf(call, 0);
        var time = binder.BindNumber(call.Arguments[1]);
        if (format is null) return new BoundExpression.Nothing(call.Span);
        int number = binder.NumberOfTimeFormat(Encoding.UTF8.GetString(format.Bytes.AsSpan()));
        return new BoundExpression.Call(function, [time], new TraceType.Timestamp(number), call.Span);
    }

    private static BoundExpression BindTexts(Binder binder, Expression.Call call, TraceFunction function, TraceType type)
    {
        ImmutableArray<BoundExpression> texts = [.. call.Arguments.Select(binder.Bind)];
        foreach (var text in texts)
        {
            if (text.Type is TraceType.Text) continue;
            if (text.Type is not TraceType.Nothing) binder.Error(TraceDiagnostics.TypeMismatch, $"{call.Name} takes text, not {text.Type}", text.Span, text.Type is TraceType.Pointer or TraceType.Integer ? "read it first: str(address)" : function.Usage);
            return new BoundExpression.Nothing(call.Span);
        }

        return new BoundExpression.Call(function, texts, type, call.Span);
    }

    private static BoundExpression BindCapacity(Binder binder, Expression.Call call, TraceFunction function) =>
        BindTexts(binder, call, function, TraceType.Int64) is BoundExpression.Call { Operands: [var text] } ? new BoundExpression.Number(ValueLayout.SizeOf(text.Type), TraceType.Int64, call.Span) : new BoundExpression.Nothing(call.Span);

    private static BoundExpression BindJoined(Binder binder, Expression.Call call, TraceFunction function)
    {
        var joined = BindTexts(binder, call, function, TraceType.None);
        if (joined is not BoundExpression.Call { Operands: [var first, var second] } texts) return joined;
        int longest = Math.Max(binder.Options.TextCapacity, Math.Max(ValueLayout.SizeOf(first.Type), ValueLayout.SizeOf(second.Type)));
        int length = ValueLayout.SizeOf(first.Type) + ValueLayout.SizeOf(second.Type) - 1;

        // A variable that something is appended to grows with each look at it, and is to be as long as it may be soon.
        if (texts.Operands.Any(o => o is BoundExpression.Variable or BoundExpression.MapValue)) length = (int)BitOperations.RoundUpToPowerOf2((uint)length);
        return texts with { Type = new TraceType.Text(Math.Min(longest, length)) };
    }

    private static BoundExpression BindOrder(Binder binder, Expression.Call call, TraceFunction function)
    {
        ImmutableArray<BoundExpression> sides = [binder.Bind(call.Arguments[0]), binder.Bind(call.Arguments[1])];
        if (binder.Bind(call.Arguments[2]) is not BoundExpression.Number { Value: > 0 and <= MostCompared and var length })
        {
            binder.Error(TraceDiagnostics.BadArgument, $"memcmp takes a length from 1 to {MostCompared} that is known when the script is compiled", call.Arguments[2].Span, function.Usage);
            return new BoundExpression.Nothing(call.Span);
        }

        foreach (var side in sides)
        {
            if (side.Type is TraceType.Nothing) return side;
            if (side.Type is TraceType.Text or TraceType.Array && ValueLayout.SizeOf(side.Type) >= length) continue;
            binder.Error(TraceDiagnostics.TypeMismatch, $"memcmp compares text or arrays of at least {length} bytes, not {side.Type}", side.Span, function.Usage);
            return new BoundExpression.Nothing(call.Span);
        }

        return new BoundExpression.Call(function, [.. sides, new BoundExpression.Number(length, TraceType.Int64, call.Span)], TraceType.Int64, call.Span);
    }

    private static Bpf.Compiler.Ir.Value LowerOrder(ProbeLowering l, BoundExpression.Call call) => l.OrderOf(call.Operands[0], call.Operands[1], (int)((BoundExpression.Number)call.Operands[2]).Value);
}
