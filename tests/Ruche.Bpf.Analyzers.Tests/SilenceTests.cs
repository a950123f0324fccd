// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Ruche.Bpf.Compiler.FrontEnds.CSharp;
using Ruche.Bpf.Compiler.Tests;
using Ruche.Bpf.Compiler.Tests.FrontEnds;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Analyzers.Tests;

/// <summary>Of programs that the build accepts, and of code that is for no program, nothing is said.</summary>
public sealed class SilenceTests
{
    private const string Entry = """

        [BpfObject]
        public static class Entry
        {
            struct Given { public uint A, B; }

            [Xdp]
            static int Run(in XdpContext context) => context.Packet.TryRead(out Given given) ? (int)Subject.Compute(given.A, given.B) : -1;
        }
        """;

    public static TheoryData<string> Programs =>
    [
        .. Files("tests/Ruche.Bpf.Compiler.Tests/testdata/csharp"),
        .. Files("tests/Ruche.Bpf.Compiler.Tests/testdata/csharp-subjects"),
        .. Files("bench/compiler/programs"),
        .. Files("tests/Ruche.Bpf.Analyzers.Tests/testdata/positives"),
    ];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Nothing_is_said_of_a_program(string path) => await SaysNothingAsync(CSharpBuild.Compile("Program", path, Text(path)));

    [Theory]
    [MemberData(nameof(Programs))]
    public void The_build_accepts_the_program(string path)
    {
        DiagnosticBag diagnostics = new();

        var modules = CSharpCompiler.Read(CSharpBuild.Build("Program", path, Text(path)), CSharpBuild.References, diagnostics);

        Assert.True(modules.Length == 1 && diagnostics.Items.Count == 0, string.Join('\n', diagnostics.Items));
    }

    [Fact]
    public async Task Nothing_is_said_of_the_samples_of_the_library()
    {
        string[] files = [.. Files("tests/Ruche.Bpf.Kernel.Tests/Programs").Where(f => f.EndsWith("Samples.cs", StringComparison.Ordinal) || f.EndsWith("SampleTypes.cs", StringComparison.Ordinal))];
        Assert.True(files.Length >= 4);
        var trees = files.Select(f => CSharpSyntaxTree.ParseText(Text(f), CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview), f, cancellationToken: TestContext.Current.CancellationToken));

        await SaysNothingAsync(CSharpBuild.Compile("Samples", "", "").AddSyntaxTrees(trees));
    }

    [Fact]
    public async Task Nothing_is_said_of_the_user_side_in_the_same_file()
    {
        const string Source = """
            using System.Collections.Generic;
            using System.Linq;

            List<string> names = ["one", "two"];
            foreach (string name in names.Where(n => n.Length > 2)) Report.Say($"{name}: {Seconds(3)} s");
            double Seconds(int turns) => turns * 0.5 + Report.Share;

            static class Report
            {
                public static readonly Dictionary<string, int> Known = new();
                public static double Share { get; } = Math.Sqrt(2);
                public static void Say(string text) => throw new InvalidOperationException(text);
            }

            [BpfObject]
            public static class Counter
            {
                [BpfMap(MaxEntries = 8)] static readonly BpfArray<ulong> Counts;

                [Xdp]
                static XdpAction Count(in XdpContext context) => Bpf.IsNull(ref Counts.Lookup(0)) ? XdpAction.Drop : XdpAction.Pass;

                public static IEnumerable<string> Lines() => Enumerable.Range(0, 8).Select(i => $"{i}");
            }
            """;
        var compilation = CSharpBuild.Compile("Mixed", "Mixed.cs", Source);

        await SaysNothingAsync(compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication)));
    }

    [Fact]
    public async Task Nothing_is_said_where_the_library_is_not_referred_to()
    {
        var compilation = CSharpBuild.Compile("Plain", "Plain.cs", "class Plain { string Name = \"bees\"; }");

        Assert.Empty(await Analysis.RunAsync(compilation.RemoveReferences(compilation.References.Where(r => r.Display!.EndsWith("Ruche.Bpf.Kernel.dll", StringComparison.Ordinal)))));
    }

    private static async Task SaysNothingAsync(Compilation compilation)
    {
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity is DiagnosticSeverity.Error));
        var found = await Analysis.RunAsync(compilation);
        Assert.True(found.IsEmpty, string.Join('\n', found));
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.Combine(TestData.Root, folder), "*.cs").Select(f => Path.GetRelativePath(TestData.Root, f)).Order(StringComparer.Ordinal);

    private static string Text(string path) => File.ReadAllText(Path.Combine(TestData.Root, path)) + (path.Contains("csharp-subjects", StringComparison.Ordinal) ? Entry : "");
}
