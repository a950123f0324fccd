// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Compiler.Tests.FrontEnds;

/// <summary>Builds assemblies of C# source, with symbols beside them, as a project would.</summary>
internal static class CSharpBuild
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("ruche-csharp-").FullName;

    public static IReadOnlyList<string> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':').Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) == "Microsoft.CSharp.dll"),
        typeof(BpfObjectAttribute).Assembly.Location,
    ];

    private static readonly Lazy<MetadataReference[]> Metadata = new(() => [.. References.Select(r => MetadataReference.CreateFromFile(r))]);

    /// <summary>What the C# compiler makes of a file.</summary>
    public static CSharpCompilation Compile(string name, string file, string source, bool isOptimized = true) => Compile(name, [(file, source)], isOptimized);

    /// <summary>Builds one source; the path of the assembly.</summary>
    public static string Build(string name, string file, string source, bool isOptimized = true) => Build(name, [(file, source)], isOptimized);

    /// <summary>Builds several sources; the path of the assembly.</summary>
    public static string Build(string name, IEnumerable<(string File, string Source)> sources, bool isOptimized = true)
    {
        var compilation = Compile(name, sources, isOptimized);
        string path = Path.Combine(Folder, $"{name}-{Guid.NewGuid():n}.dll");
        using (var image = File.Create(path))
        using (var symbols = File.Create(Path.ChangeExtension(path, ".pdb")))
        {
            var result = compilation.Emit(image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb, pdbFilePath: Path.ChangeExtension(path, ".pdb")));
            Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(d => d.Severity is DiagnosticSeverity.Error)));
        }

        return path;
    }

    private static CSharpCompilation Compile(string name, IEnumerable<(string File, string Source)> sources, bool isOptimized)
    {
        CSharpCompilationOptions options = new(
            OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, optimizationLevel: isOptimized ? OptimizationLevel.Release : OptimizationLevel.Debug, nullableContextOptions: NullableContextOptions.Enable);
        const string Usings = "global using System; global using System.Threading; global using Ruche.Bpf.Kernel;";
        var parse = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);
        var trees = sources.Prepend(("", Usings)).Select(s => CSharpSyntaxTree.ParseText(SourceText.From(s.Item2, System.Text.Encoding.UTF8), parse, s.Item1));
        return CSharpCompilation.Create(name, trees, Metadata.Value, options);
    }
}
