// SPDX-License-Identifier: MIT
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Expansion;

/// <summary>A call of a macro that is being replaced by the macro's body.</summary>
/// <param name="Macro">The macro.</param>
/// <param name="Number">Tells its variables from those of other calls.</param>
/// <param name="Arguments">What its parameters stand for, by <see cref="MacroTable.KeyOf"/>.</param>
/// <param name="Caller">The call whose body it stands in; null in a probe.</param>
internal sealed record MacroCall(Declaration.Macro Macro, int Number, Dictionary<string, MacroArgument> Arguments, MacroCall? Caller)
{
    /// <summary>Whether a macro is called by itself here, be it through others.</summary>
    public bool IsInside(Declaration.Macro macro) => ReferenceEquals(Macro, macro) || (Caller?.IsInside(macro) ?? false);

    /// <summary>The names of the macros that call each other, the outermost first.</summary>
    public string Chain => Caller is null ? Macro.Name : $"{Caller.Chain} > {Macro.Name}";
}
