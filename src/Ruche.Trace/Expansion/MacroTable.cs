// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Expansion;

/// <summary>The macros of a script. Those of one name differ in how many parameters they have, or in what their parameters take.</summary>
internal sealed class MacroTable
{
    private readonly Dictionary<string, List<Declaration.Macro>> _byName = new(StringComparer.Ordinal);

    /// <summary>Collects them. Those that cannot be told from each other are reported.</summary>
    public MacroTable(Script script, SourceText source, DiagnosticBag diagnostics)
    {
        foreach (var macro in script.Declarations.OfType<Declaration.Macro>())
        {
            var alike = Named(macro.Name);
            if (alike.Count == 0) _byName.Add(macro.Name, alike = []);
            if (RepeatedParameter(macro) is { } repeated)
                diagnostics.Error(TraceDiagnostics.Misplaced, $"macro '{macro.Name}' has a parameter '{KeyOf(repeated)}' already", source.Locate(repeated.Span), "give it another name");
            if (alike.Find(m => IsAlike(m, macro)) is { } first)
                diagnostics.Error(TraceDiagnostics.Misplaced, $"there is a macro {Signature(first)} already", source.Locate(macro.Span), "macros of one name differ in the number of their parameters, or in what these take: $variable, @map or expression");
            alike.Add(macro);
        }
    }

    public bool IsEmpty => _byName.Count == 0;

    /// <summary>All macros of a name.</summary>
    public List<Declaration.Macro> Named(string name) => _byName.TryGetValue(name, out var found) ? found : [];

    /// <summary>The macro that takes arguments most exactly: <c>$v</c> takes variables only, <c>@m</c> maps only, and a plain name anything.</summary>
    public Declaration.Macro? Find(string name, ImmutableArray<Expression> arguments)
    {
        Declaration.Macro? best = null;
        foreach (var macro in Named(name))
        {
            if (macro.Parameters.Length != arguments.Length || FirstRefused(macro, arguments) >= 0) continue;
            if (best is null || Exactness(macro) > Exactness(best)) best = macro;
        }

        return best;
    }

    /// <summary>The number of the first argument that a macro does not take, of as many as it has parameters; -1 when it takes all.</summary>
    public static int FirstRefused(Declaration.Macro macro, ImmutableArray<Expression> arguments)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            if (!Takes(macro.Parameters[i], arguments[i])) return i;
        }

        return -1;
    }

    /// <summary>A parameter as it is written, which tells it from others.</summary>
    public static string KeyOf(Expression parameter) => parameter switch
    {
        Expression.Variable x => $"${x.Name}",
        Expression.Map x => $"@{x.Name}",
        _ => ((Expression.Identifier)parameter).Name,
    };

    public static string Signature(Declaration.Macro macro) => $"{macro.Name}({string.Join(", ", macro.Parameters.Select(KeyOf))})";

    private static bool Takes(Expression parameter, Expression argument) => parameter switch
    {
        Expression.Variable => argument is Expression.Variable,
        Expression.Map => argument is Expression.Map { Keys.IsEmpty: true },
        _ => true,
    };

    private static int Exactness(Declaration.Macro macro) => macro.Parameters.Count(p => p is not Expression.Identifier);

    private static bool IsAlike(Declaration.Macro a, Declaration.Macro b) =>
        a.Parameters.Select(KindOf).SequenceEqual(b.Parameters.Select(KindOf));

    private static Type KindOf(Expression parameter) => parameter.GetType();

    private static Expression? RepeatedParameter(Declaration.Macro macro) =>
        macro.Parameters.GroupBy(KeyOf).FirstOrDefault(g => g.Count() > 1)?.Last();
}
