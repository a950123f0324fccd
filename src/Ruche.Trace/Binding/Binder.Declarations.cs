// SPDX-License-Identifier: MIT
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Binding;

internal sealed partial class Binder
{
    private void BindDeclaration(Declaration declaration)
    {
        switch (declaration)
        {
            case Declaration.Map x: BindDeclaredMap(x); break;
            case Declaration.Subprogram x: BindFunction(x); break;
        }
    }

    private void BindDeclaredMap(Declaration.Map x)
    {
        if (x.Kind.Name is not ("hash" or "lruhash" or "percpuhash" or "percpulruhash"))
        {
            Error(TraceDiagnostics.BadArgument, $"there are no maps of the kind '{x.Kind.Name}'", x.Kind.Span, "there are hash, lruhash, percpuhash and percpulruhash");
            return;
        }

        if (x.Kind.Arguments is not [var size] || Bind(size) is not BoundExpression.Number { Value: > 0 and <= uint.MaxValue and var most })
        {
            Error(TraceDiagnostics.BadArgument, $"{x.Kind.Name} takes how many entries the map has, as a number", x.Kind.Span, $"write let @{x.Name} = {x.Kind.Name}(1024)");
            return;
        }

        var map = MapOf(x.Name, x.Span);
        map.MostEntries = (uint)most;
        map.DropsOldest = x.Kind.Name is "lruhash" or "percpulruhash";
        map.IsPerProcessor = x.Kind.Name is "percpuhash" or "percpulruhash";
    }
}
