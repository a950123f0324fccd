// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Ruche.Trace.Binding;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Functions;

/// <summary>Functions for what stands behind the script on the command line.</summary>
internal static class ParameterFunctions
{
    public static ImmutableArray<TraceFunction> All { get; } =
    [
        new("getopt", 2, 3, BindOption) { Usage = "getopt(\"name\", default) or getopt(\"name\", default, \"description\")" },
    ];

    // It is of the default's kind: a number, text, or true or false, where the name alone means true.
    private static BoundExpression BindOption(Binder binder, Expression.Call call, TraceFunction function)
    {
        var otherwise = binder.Bind(call.Arguments[1]);
        if (binder.LiteralOf(call, 0) is not { } literal || (call.Arguments.Length > 2 && binder.LiteralOf(call, 2) is null)) return new BoundExpression.Nothing(call.Span);
        if (otherwise is not (BoundExpression.Number or BoundExpression.Literal))
        {
            if (otherwise.Type is not TraceType.Nothing) binder.Error(TraceDiagnostics.BadArgument, "what stands in for an option must be known when the script is compiled", otherwise.Span, function.Usage);
            return new BoundExpression.Nothing(call.Span);
        }

        string name = Encoding.UTF8.GetString(literal.Bytes.AsSpan());
        if (binder.OptionOf(name) is not { } given) return otherwise;
        if (otherwise is BoundExpression.Literal) return new BoundExpression.Literal([.. Encoding.UTF8.GetBytes(given)], call.Span);
        if (otherwise.Type is TraceType.Boolean && given is "" or "true" or "false") return new BoundExpression.Number(given == "false" ? 0 : 1, TraceType.Bool, call.Span);
        if (otherwise.Type is not TraceType.Boolean && long.TryParse(given, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)) return new BoundExpression.Number(number, otherwise.Type, call.Span);
        binder.Error(TraceDiagnostics.BadArgument, $"--{name} takes {(otherwise.Type is TraceType.Boolean ? "true or false" : "a number")}, not '{given}'", call.Span, $"write --{name}{(otherwise.Type is TraceType.Boolean ? "" : "=1")} behind the script");
        return new BoundExpression.Nothing(call.Span);
    }
}
