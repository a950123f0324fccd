// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Ruche.Cli.Tests;

/// <summary>What <c>ruche bpf gen skeleton</c> writes compiles without a warning, for every C source of the samples and cases.</summary>
public sealed class SkeletonTests
{
    private static readonly Lazy<MetadataReference[]> References = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':').Select(file => MetadataReference.CreateFromFile(file))]);

    public static TheoryData<string> Sources =>
    [
        .. from folder in (string[])["samples/c", "tests/Ruche.Cli.Tests/Cases", "tests/Ruche.Bpf.Tests/Skeletons"]
           from file in Directory.EnumerateFiles(Path.Combine(Host.Root, folder), "*.bpf.c").Order(StringComparer.Ordinal)
           select Path.GetRelativePath(Host.Root, file),
    ];

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task A_skeleton_compiles_without_a_warning(string source)
    {
        Host.Require(["clang", "root"]);

        ShellResult result = await Shell.RunAsync($"ruche bpf gen skeleton $ROOT/{source} --namespace Case");

        Assert.True(result.Exit == 0, result.Errors);
        Assert.Empty(Compile(result.Output));
    }

    private static IEnumerable<string> Compile(string source)
    {
        CSharpParseOptions parsing = new(LanguageVersion.Latest, DocumentationMode.Diagnose);
        var compilation = CSharpCompilation.Create(
            "skeleton", [CSharpSyntaxTree.ParseText(source, parsing, cancellationToken: TestContext.Current.CancellationToken)], References.Value,
            new(OutputKind.DynamicallyLinkedLibrary, warningLevel: 9999));
        return compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(found => found.Severity >= DiagnosticSeverity.Warning).Select(found => found.ToString());
    }
}
