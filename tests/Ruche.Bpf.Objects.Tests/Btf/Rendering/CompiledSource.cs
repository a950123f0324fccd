// SPDX-License-Identifier: MIT
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Ruche.Bpf.Objects.Tests.Btf.Rendering;

/// <summary>Rendered C# as the assembly that the compiler makes of it.</summary>
internal static class CompiledSource
{
    /// <summary>Compiles and loads; fails with the first diagnostics that are as bad as <paramref name="worst"/>.</summary>
    public static Assembly Load(string source, DiagnosticSeverity worst = DiagnosticSeverity.Error, params ReadOnlySpan<string> others)
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        CSharpParseOptions parsing = new(LanguageVersion.Latest, DocumentationMode.Diagnose);
        SyntaxTree[] trees = [.. ((string[])[source, .. others]).Select(text => CSharpSyntaxTree.ParseText(text, parsing, cancellationToken: TestContext.Current.CancellationToken))];
        var compilation = CSharpCompilation.Create(
            "rendered", trees,
            [MetadataReference.CreateFromFile(Path.Combine(runtime, "System.Private.CoreLib.dll")), MetadataReference.CreateFromFile(Path.Combine(runtime, "System.Runtime.dll"))],
            new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, warningLevel: 9999));
        using MemoryStream image = new();
        var result = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        var bad = result.Diagnostics.Where(d => d.Severity >= worst).Take(10).ToArray();
        Assert.True(result.Success && bad.Length == 0, string.Join('\n', (object[])bad));
        return Assembly.Load(image.ToArray());
    }
}
