// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Recording;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Preamble;

/// <summary>What the C in front of a script says: macros, and types beside the kernel's.</summary>
/// <param name="Macros">The macros.</param>
/// <param name="Types">The types.</param>
internal sealed record CPreamble(CMacros Macros, TypeCatalog Types)
{
    /// <summary>Headers of the system that are included and not there: their types come from the kernel, their macros from nowhere.</summary>
    public ImmutableArray<string> MissingHeaders { get; init; } = [];

    /// <summary>Reads it. What is wrong is reported.</summary>
    public static CPreamble Read(Script script, SourceText source, TypeCatalog kernel, TraceOptions options, ScriptFiles files, DiagnosticBag diagnostics)
    {
        bool isThere = options.IncludedFiles.Length > 0 || script.Declarations.Any(d => d is Declaration.CType or Declaration.Directive { Keyword: not ("" or "!") });
        return isThere ? new PreambleReader(source, kernel, options, files, diagnostics).Read(script) : new(new(), kernel);
    }

    /// <summary>The value of a macro that is a number; null for all others.</summary>
    public long? NumberOf(string text) => CConstant.Compute(text, Macros, n => Types.FindEnumerator(n)?.Value ?? KernelConstants.Find(n));
}
