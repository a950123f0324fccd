// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis.CSharp;
using Ruche.Bpf.Compiler.Tests;
using Ruche.Bpf.Compiler.Tests.FrontEnds;

namespace Ruche.Bpf.Analyzers.Tests;

/// <summary>Programs that are being typed: each beginning of some, up to any of their tokens, is judged without a fault.</summary>
public sealed class HalfWrittenTests
{
    public static TheoryData<string> Programs =>
    [
        "tests/Ruche.Bpf.Compiler.Tests/testdata/csharp/rate_limit.cs",
        "tests/Ruche.Bpf.Compiler.Tests/testdata/csharp-subjects/numbers.cs",
        "tests/Ruche.Bpf.Compiler.Tests/testdata/csharp-subjects/disposables.cs",
        "tests/Ruche.Bpf.Analyzers.Tests/testdata/negatives/several_mistakes.cs",
        "tests/Ruche.Bpf.Analyzers.Tests/testdata/negatives/query_expression.cs",
        "tests/Ruche.Bpf.Analyzers.Tests/testdata/negatives/library_in_a_callback.cs",
        "tests/Ruche.Bpf.Analyzers.Tests/testdata/negatives/switch_without_default.cs",
        "tests/Ruche.Bpf.Analyzers.Tests/testdata/negatives/maps_inside_without_entries.cs",
    ];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Every_beginning_is_judged(string path)
    {
        string text = await File.ReadAllTextAsync(Path.Combine(TestData.Root, path), TestContext.Current.CancellationToken);
        var whole = await CSharpSyntaxTree.ParseText(text, cancellationToken: TestContext.Current.CancellationToken).GetRootAsync(TestContext.Current.CancellationToken);

        foreach (var token in whole.DescendantTokens())
        {
            var found = await Analysis.RunAsync(CSharpBuild.Compile("Half", path, text[..token.Span.End]));

            Assert.All(found, d => Assert.StartsWith("RU", d.Id, StringComparison.Ordinal));
        }
    }
}
