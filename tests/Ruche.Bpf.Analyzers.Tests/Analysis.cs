// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Ruche.Bpf.Analyzers.Tests;

/// <summary>Runs the analyzer as the C# compiler does.</summary>
internal static class Analysis
{
    /// <summary>What it says, and what it throws: as a finding with an id of the C# compiler's own.</summary>
    public static async Task<ImmutableArray<Diagnostic>> RunAsync(Compilation compilation)
    {
        CompilationWithAnalyzers analyzed = new(compilation, [new KernelProgramAnalyzer()], new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: false, logAnalyzerExecutionTime: false));
        return await analyzed.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }
}
