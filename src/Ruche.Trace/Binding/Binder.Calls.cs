// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Functions;
using Ruche.Trace.Output.Formats;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Binding;

internal sealed partial class Binder
{
    private const int MostLinearBuckets = 1000;
    private const int MostBucketBits = 5;
    private const int MostIntervals = 1_000_000;

    internal static readonly string[] Aggregations = ["count", "sum", "min", "max", "avg", "stats", "hist", "lhist", "tseries"];

    // As the kinds are numbered, without the first.
    private static readonly string[] SeriesKinds = ["sum", "avg", "min", "max"];

    private static Expression.Call? AggregationOf(Expression value) => value switch
    {
        Expression.Call x when Aggregations.Contains(x.Name) => x,
        Expression.Parenthesized x => AggregationOf(x.Inner),
        _ => null,
    };

    private BoundStatement BindAggregate(Expression.Map target, Expression.Call call, SourceSpan span)
    {
        var value = call.Arguments.IsEmpty ? null : BindNumber(call.Arguments[0]);
        var place = BindMap(target);
        bool isSigned = value is not null && (IsSigned(value) && value is not BoundExpression.Number { Value: >= 0 });
        Aggregation? aggregation = call.Name switch
        {
            "count" when CheckCount(call, 0, 0, "count()") => new Aggregation.Count(),
            "sum" when CheckCount(call, 1, 1, "sum(n)") => new Aggregation.Sum(isSigned),
            "min" when CheckCount(call, 1, 1, "min(n)") => new Aggregation.Minimum(isSigned),
            "max" when CheckCount(call, 1, 1, "max(n)") => new Aggregation.Maximum(isSigned),
            "avg" when CheckCount(call, 1, 1, "avg(n)") => new Aggregation.Average(isSigned),
            "stats" when CheckCount(call, 1, 1, "stats(n)") => new Aggregation.Statistics(isSigned),
            "hist" when CheckCount(call, 1, 2, "hist(n) or hist(n, bits)") => new Aggregation.Log2(BindLimited(call, 1, 0, MostBucketBits)),
            "tseries" when CheckCount(call, 3, 4, "tseries(n, interval, count) or tseries(n, interval, count, \"avg\")") => BindSeries(call, isSigned),
            "lhist" when CheckCount(call, 4, 4, "lhist(n, min, max, step)") => BindLinear(call),
            _ => null,
        };
        if (aggregation is null) return new BoundStatement.Return(span);
        TraceType.Aggregate type = new(aggregation);
        var before = place.Map.Value.Type;
        if (before is TraceType.Aggregate { Of: var known } && IsSameKind(known, aggregation)) Widen(place.Map, known, aggregation);
        else if (!place.Map.Value.Add(type, isTentative: false, ref _changed))
            Error(TraceDiagnostics.TypeMismatch, $"map '{place.Map}' holds {before}, and cannot hold {type}", span, "use another map");
        return new BoundStatement.Aggregate(place with { Type = place.Map.Value.Type }, value, span);
    }

    // Both signs in one map: the values are signed.
    private void Widen(MapSymbol map, Aggregation known, Aggregation given)
    {
        var wider = (known, given) switch
        {
            (Aggregation.Sum { IsSigned: false }, Aggregation.Sum { IsSigned: true }) or (Aggregation.Minimum { IsSigned: false }, Aggregation.Minimum { IsSigned: true })
                or (Aggregation.Maximum { IsSigned: false }, Aggregation.Maximum { IsSigned: true }) or (Aggregation.Average { IsSigned: false }, Aggregation.Average { IsSigned: true })
                or (Aggregation.Statistics { IsSigned: false }, Aggregation.Statistics { IsSigned: true }) or (Aggregation.Series { IsSigned: false }, Aggregation.Series { IsSigned: true }) => given,
            _ => null,
        };
        if (wider is not null) map.Value.Replace(new TraceType.Aggregate(wider), ref _changed);
    }

    private static bool IsSameKind(Aggregation a, Aggregation b) => a.GetType() == b.GetType() && (!a.HasParts || Unsigned(a) == Unsigned(b));

    private static Aggregation Unsigned(Aggregation aggregation) => aggregation is Aggregation.Series series ? series with { IsSigned = false } : aggregation;

    private Aggregation.Linear? BindLinear(Expression.Call call)
    {
        long[] numbers = new long[3];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (Bind(call.Arguments[i + 1]) is BoundExpression.Number n) numbers[i] = n.Value;
            else
            {
                Error(TraceDiagnostics.BadArgument, "the range of a histogram must be known when the script is compiled", call.Arguments[i + 1].Span, "write numbers");
                return null;
            }
        }

        var (from, to, step) = (numbers[0], numbers[1], numbers[2]);
        if (step <= 0 || from >= to || from < 0) Error(TraceDiagnostics.BadArgument, "lhist takes a range from 0 or above upwards, and a step above 0", call.Span, "write lhist(n, min, max, step)");
        else if (((Int128)to - from) / step > MostLinearBuckets) Error(TraceDiagnostics.BadArgument, $"a histogram has at most {MostLinearBuckets} buckets", call.Span, "take a larger step");
        else return new(from, to, step);
        return null;
    }

    private Aggregation.Series? BindSeries(Expression.Call call, bool isSigned)
    {
        const string Usage = "write tseries(n, 1s, 60): the length of an interval, and how many are kept";
        if (Bind(call.Arguments[1]) is not BoundExpression.Number { Value: > 0 and var interval } || Bind(call.Arguments[2]) is not BoundExpression.Number { Value: > 0 and <= MostIntervals and var count })
        {
            Error(TraceDiagnostics.BadArgument, $"a series takes an interval above 0 and a count from 1 to {MostIntervals}, known when the script is compiled", call.Span, Usage);
            return null;
        }

        if (call.Arguments.Length < 4) return new(interval, (int)count, SeriesKind.Last, isSigned);
        if (LiteralOf(call, 3) is not { } name) return null;
        string text = System.Text.Encoding.UTF8.GetString(name.Bytes.AsSpan());
        int kind = Array.IndexOf(SeriesKinds, text);
        if (kind >= 0) return new(interval, (int)count, (SeriesKind)(kind + 1), isSigned);
        Error(TraceDiagnostics.BadArgument, $"a series does not know '{text}'", name.Span, $"it knows {string.Join(", ", SeriesKinds)}; without, an interval keeps its last value");
        return null;
    }

    private int BindLimited(Expression.Call call, int argument, int least, int most)
    {
        if (argument >= call.Arguments.Length) return least;
        if (Bind(call.Arguments[argument]) is BoundExpression.Number { Value: var value } && value >= least && value <= most) return (int)value;
        Error(TraceDiagnostics.BadArgument, $"a number from {least} to {most} is expected here", call.Arguments[argument].Span);
        return least;
    }

    private bool CheckCount(Expression.Call call, int least, int most, string usage)
    {
        if (call.Arguments.Length >= least && call.Arguments.Length <= most) return true;
        string takes = least == most ? Plural(least, "argument") : most == int.MaxValue ? $"at least {Plural(least, "argument")}" : $"{least} to {Plural(most, "argument")}";
        Error(TraceDiagnostics.ArgumentCount, $"'{call.Name}' takes {takes}, found {call.Arguments.Length}", call.Span, $"write {usage}");
        return false;
    }

    private BoundExpression BindCall(Expression.Call call)
    {
        if (AggregationOf(call) is not null)
        {
            Error(TraceDiagnostics.Misplaced, $"'{call.Name}' sums up for a map", call.Span, $"write @name = {call.Name}(...)");
            return new BoundExpression.Nothing(call.Span);
        }

        if (_functions.TryGetValue(call.Name, out var own)) return BindOwnCall(own, call);
        if (call.Arguments.IsEmpty && TraceBuiltins.Find(call.Name) is { } builtin) return BindBuiltin(builtin, new(call.Span, call.Name));
        if (FindMacro(call.Name) is { } macro) return BindMacroCall(call, macro);
        if (TraceFunctions.Find(call.Name) is not { } function)
        {
            string note = NearestNames.Question(call.Name, TraceFunctions.Names.Concat(Aggregations).Concat(_functions.Keys)) ?? "functions are listed in the language's reference";
            Error(TraceDiagnostics.UnknownName, $"there is no function '{call.Name}'", call.Span, note);
            return new BoundExpression.Nothing(call.Span);
        }

        if (!CheckCount(call, function.Least, function.Most, function.Usage)) return new BoundExpression.Nothing(call.Span);
        if (function.IsUnsafe && !Options.IsUnsafeAllowed) Error(TraceDiagnostics.Unsafe, $"'{call.Name}' changes the system", call.Span, "allow it with --unsafe");
        if (function.TakesKernelObject && !_program.TakesKernelObjects) _program.TakesKernelObjects = _changed = true;
        return function.Bind(this, call, function);
    }

    /// <summary>An argument that must be text in quotes.</summary>
    public Expression.String? LiteralOf(Expression.Call call, int argument)
    {
        var given = call.Arguments[argument];
        while (given is Expression.Parenthesized inner) given = inner.Inner;
        if (given is Expression.String literal) return literal;
        if (given is Expression.Positional positional && BindPositional(positional) is BoundExpression.Literal text)
            return new(given.Span, text.Bytes, System.Text.Encoding.UTF8.GetString(text.Bytes.AsSpan()));
        Error(TraceDiagnostics.BadArgument, $"'{call.Name}' takes text in quotes here", given.Span);
        return null;
    }

    /// <summary>The number that something has whose name is the first argument, in quotes.</summary>
    public BoundExpression BindKnownNumber(Expression.Call call, Func<string, ulong?> numberOf, Func<string, string> missing, string note)
    {
        if (LiteralOf(call, 0) is not { } literal) return new BoundExpression.Nothing(call.Span);
        string name = System.Text.Encoding.UTF8.GetString(literal.Bytes.AsSpan());
        if (numberOf(name) is { } number) return new BoundExpression.Number((long)number, TraceType.UInt64, call.Span);
        Error(TraceDiagnostics.UnknownName, missing(name), literal.Span, note);
        return new BoundExpression.Nothing(call.Span);
    }

    /// <summary>An argument that must be a whole map.</summary>
    public MapSymbol? MapArgument(Expression.Call call, int argument)
    {
        if (call.Arguments[argument] is Expression.Map { Keys.IsEmpty: true } x) return BindWholeMap(x);
        Error(TraceDiagnostics.BadArgument, $"'{call.Name}' takes a map here", call.Arguments[argument].Span, $"write {call.Name}(@name)");
        return null;
    }

    /// <summary>What the command line gives for an option of the script; null when it gives nothing.</summary>
    public string? OptionOf(string name)
    {
        _options.Add(name);
        return Options.Named.GetValueOrDefault(name);
    }

    /// <summary>Binds the values of an event: each gets the type it is kept as.</summary>
    public ImmutableArray<BoundExpression> BindPayload(IEnumerable<Expression> arguments) => [.. arguments.Select(a => Bind(a)).Select(Kept)];

    /// <summary>Says that a value is needed where something without one stands, unless that is an error already.</summary>
    public void NeedsValue(BoundExpression value)
    {
        if (value is BoundExpression.Tell or BoundExpression.Call) Error(TraceDiagnostics.NoValue, "this yields no value", value.Span);
    }

    /// <summary>The number of a format that moments are shown by.</summary>
    public int NumberOfTimeFormat(string format)
    {
        int known = _timeFormats.IndexOf(format);
        if (known >= 0) return known;
        _timeFormats.Add(format);
        return _timeFormats.Count - 1;
    }

    /// <summary>Checks a format against the values that it shows.</summary>
    public void CheckFormat(Expression.String format, ImmutableArray<TraceType> types)
    {
        List<FormatProblem> problems = [];
        FormatString.Parse(format.Bytes.AsSpan(), types, problems);
        foreach (var problem in problems)
        {
            if (problem.Severity is Severity.Error) Error(problem.Id, problem.Message, format.Span);
            else Warning(problem.Id, problem.Message, format.Span);
        }
    }

    private BoundExpression Kept(BoundExpression value)
    {
        if (value.Type is TraceType.Aggregate { Of.HasParts: true }) Error(TraceDiagnostics.TypeMismatch, $"{value.Type} has no single value", value.Span, "print the map");
        return value;
    }
}
