// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Ruche.Bpf.Compiler.FrontEnds.CSharp;
using Ruche.Bpf.Compiler.Ir.Text;
using Ruche.Bpf.Compiler.Tests.FrontEnds;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Btf.Rendering;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Compiler.Tests.Clang;

/// <summary>
/// A program that was written twice: bench/compiler/programs/NAME.c, and in C# beside it or as samples/csharp/NAME; some a third time, in the text form.
/// All are compiled for the oldest kernel that is supported, which all newer ones run too.
/// </summary>
internal static partial class Twin
{
    private const string Types = "vmlinux.h";

    private static readonly string Folder = Path.Combine(TestData.Root, "bench/compiler/programs");
    private static readonly string Hooks = TestData.Folder("csharp-hooks");
    private static readonly Lazy<string> Headers = new(WriteHeaders);
    private static readonly ConcurrentDictionary<string, Lazy<ObjectSpec>> InC = [], InCSharp = [];

    public static IEnumerable<string> Names => NamesOf("*.c");

    /// <summary>Programs that were written once, in C#: testdata/csharp-hooks/NAME.cs, for tests that attach them.</summary>
    public static IEnumerable<string> HookNames { get; } = [.. NamesOf("*.cs", Hooks)];

    public static IEnumerable<string> TextNames => NamesOf("*.ir");

    public static ObjectSpec CompileC(string name) => InC.GetOrAdd(name, n => new(() => RunClang(n))).Value;

    public static ObjectSpec CompileCSharp(string name) => InCSharp.GetOrAdd(name, n => new(() => RunCompiler(n))).Value;

    public static ObjectSpec CompileText(string name)
    {
        var module = IrParser.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.ir")), name);
        module.KernelTypes = KernelTypes.Running;
        return BpfCompiler.Compile(module, TargetProfile.Linux61);
    }

    /// <summary>The kernel since which a program works: its source says so where that is not the oldest that is supported.</summary>
    public static Version Since(string name) => Marker().Match(File.ReadAllText(SourcesOf(name).First())) is { Success: true } match ? Version.Parse(match.Groups[1].Value) : new(5, 10);

    private static ObjectSpec RunClang(string name)
    {
        string output = Path.Combine(Headers.Value, $"{name}.o");
        string[] arguments =
        [
            "-g", "-O2", "-target", "bpf", "-mcpu=v3", "-D__TARGET_ARCH_x86", "-Wno-duplicate-decl-specifier", "-I/usr/include/x86_64-linux-gnu", $"-I{Headers.Value}",
            "-c", Path.Combine(Folder, $"{name}.c"), "-o", output,
        ];
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/clang", arguments) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
        return ObjectSpec.Read(File.ReadAllBytes(output), name);
    }

    private static ObjectSpec RunCompiler(string name)
    {
        DiagnosticBag diagnostics = new();
        var modules = CSharpCompiler.Read(CSharpBuild.Build($"twin-{name}", SourcesOf(name).Select(f => (f, File.ReadAllText(f)))), CSharpBuild.References, diagnostics);
        Assert.True(diagnostics.Items.Count == 0, string.Join('\n', diagnostics.Items));
        return ObjectSpec.Read(BpfCompiler.Compile(Assert.Single(modules), OldestTarget(name)).Write(), name);
    }

    private static TargetProfile OldestTarget(string name) => TargetProfile.Releases.First(r => Version.Parse(r.Name.Split(' ')[1]) >= Since(name));

    // A sample's user side is none of the kernel's.
    private static IEnumerable<string> SourcesOf(string name)
    {
        string alone = Path.Combine(HookNames.Contains(name) ? Hooks : Folder, $"{name}.cs"), sample = Path.Combine(TestData.Root, "samples/csharp", name);
        return File.Exists(alone) ? [alone] : [Path.Combine(sample, $"{name}.cs"), .. Directory.EnumerateFiles(sample, "Vmlinux.cs")];
    }

    private static IEnumerable<string> NamesOf(string pattern, string? folder = null) => Directory.EnumerateFiles(folder ?? Folder, pattern).Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^// Since Linux (\d+\.\d+): ", RegexOptions.Multiline)]
    private static partial Regex Marker();

    private static string WriteHeaders()
    {
        string folder = Directory.CreateTempSubdirectory("ruche-twins-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        using var header = File.Create(Path.Combine(folder, Types));
        CHeaderRenderer.Render(KernelTypes.Running, header);
        return folder;
    }
}
