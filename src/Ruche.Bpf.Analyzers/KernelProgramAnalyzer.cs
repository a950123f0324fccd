// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Ruche.Bpf.Analyzers.Reachability;
using Ruche.Bpf.Analyzers.Rules;
using Ruche.Bpf.Analyzers.Symbols;

namespace Ruche.Bpf.Analyzers;

/// <summary>
/// Says of programs for the kernel what they cannot do: of objects, and of all methods that their programs come to call. Other code beside them is not
/// looked at.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KernelProgramAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    // What a method may do depends on who calls it, so all is judged at once, when the first file is asked for.
    private static void Start(CompilationStartAnalysisContext context)
    {
        if (KernelSymbols.Find(context.Compilation) is not { } symbols) return;
        var cancellation = context.CancellationToken;
        Lazy<ImmutableArray<Diagnostic>> findings = new(() => new ObjectAnalysis(context.Compilation, symbols, cancellation).Run(), LazyThreadSafetyMode.PublicationOnly);
        context.RegisterSemanticModelAction(file =>
        {
            foreach (var finding in findings.Value)
            {
                if (finding.Location.SourceTree == file.SemanticModel.SyntaxTree) file.ReportDiagnostic(finding);
            }
        });
    }
}
