// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Ruche.Architecture.Tests;
using Ruche.Bpf.Analyzers.Skeletons;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Loading;

namespace Ruche.Bpf.Build.Tests.Skeletons;

/// <summary>The class that is generated beside kernel programs: as text that is approved (RUCHE_APPROVE=1), and as steps that run again only when they must.</summary>
public sealed class SkeletonTests
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':').Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal)).Select(p => MetadataReference.CreateFromFile(p)),
        .. new[] { typeof(BpfObjectAttribute), typeof(BpfSkeleton), typeof(Objects.Specs.ObjectSpec), typeof(Maps.IBpfMap) }.Select(t => MetadataReference.CreateFromFile(t.Assembly.Location)),
    ];

    private const string Everything = """
        using Ruche.Bpf.Kernel;

        namespace Bees;

        public struct Visit { public uint Flower; public ulong Time; }

        internal struct Secret { public int Value; }

        [BpfObject(Name = "hive")]
        public static class Hive
        {
            public const int Limit = 4;
            static readonly ulong Threshold = 1000;
            static uint _visited;
            static Secret Hidden;

            [BpfMap(MaxEntries = 16)] static readonly BpfHashMap<uint, ulong> Count;
            [BpfMap(MaxEntries = 16)] static readonly BpfLruPerCpuHashMap<uint, Visit> Recent;
            [BpfMap(MaxEntries = 16)] static readonly BpfArray<Secret> Secrets;
            [BpfMap(MaxEntries = 16, Name = "routes")] static readonly BpfLpmTrie<LpmKey<IPv4Address>, uint> Routes;
            [BpfMap(MaxEntries = 4096)] static readonly BpfRingBuffer<Visit> Visits;
            [BpfMap(MaxEntries = 4)] static readonly BpfProgArray Next;
            [BpfMap(MaxEntries = 4)] static readonly BpfStackTraceMap Stacks;
            [BpfMap(MaxEntries = 4)] static readonly BpfHashMap<uint, Own> Owned;

            private struct Own { public int Value; }

            [Tracepoint("sched", "sched_switch")]
            static int OnSwitch() => 0;

            [Xdp(Name = "entrance")]
            public static XdpAction Load(in XdpContext context) => XdpAction.Pass;

            static int NoProgram() => 0;
        }
        """;

    [Fact]
    public void The_class_has_a_member_for_each_map_program_and_variable()
    {
        var (driver, compilation) = Generate(Everything);

        string text = Assert.Single(driver.GetRunResult().GeneratedTrees).ToString();

        Approved.Verify("tests/Ruche.Bpf.Build.Tests/testdata/Hive.approved.txt", text);
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity is DiagnosticSeverity.Error));
    }

    [Fact]
    public void Nothing_is_generated_where_there_is_no_loader()
    {
        var (driver, _) = Generate(Everything, [.. References.Where(r => !r.Display!.EndsWith("/Ruche.Bpf.dll", StringComparison.Ordinal))]);

        Assert.Empty(driver.GetRunResult().GeneratedTrees);
    }

    [Theory]
    [InlineData("static int NoProgram() => 0;", "static int NoProgram() => 1;", true)]
    [InlineData("static uint _visited;", "static ulong Visited;", false)]
    public void A_change_elsewhere_generates_nothing_again(string old, string text, bool isKept)
    {
        var (driver, compilation) = Generate(Everything);
        var tree = compilation.SyntaxTrees.First();

        driver = driver.RunGenerators(compilation.ReplaceSyntaxTree(tree, Parse(Everything.Replace(old, text, StringComparison.Ordinal))), TestContext.Current.CancellationToken);

        var steps = driver.GetRunResult().Results.Single().TrackedSteps["Skeleton"];
        Assert.All(steps, step => Assert.All(step.Outputs, o => Assert.Equal(isKept, o.Reason is IncrementalStepRunReason.Unchanged or IncrementalStepRunReason.Cached)));
    }

    private static (GeneratorDriver Driver, Compilation Compilation) Generate(string source, MetadataReference[]? references = null)
    {
        CSharpCompilationOptions options = new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
        var compilation = CSharpCompilation.Create("Bees", [Parse(source)], references ?? References, options);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new SkeletonGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options, driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out var after, out ImmutableArray<Diagnostic> _, TestContext.Current.CancellationToken);
        return (driver, after);
    }

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview));
}
