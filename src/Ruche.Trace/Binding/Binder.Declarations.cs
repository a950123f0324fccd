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
        if (x.Kind.Name != "hash")
        {
            Error(TraceDiagnostics.NotSupported, $"maps of the kind '{x.Kind.Name}' are not supported yet", x.Kind.Span, $"write let @{x.Name} = hash(1024)");
            return;
        }

        if (x.Kind.Arguments is [var size] && Bind(size) is BoundExpression.Number { Value: > 0 and <= uint.MaxValue and var most }) MapOf(x.Name, x.Span).MostEntries = (uint)most;
        else Error(TraceDiagnostics.BadArgument, "hash takes how many entries the map has, as a number", x.Kind.Span, $"write let @{x.Name} = hash(1024)");
    }
}
