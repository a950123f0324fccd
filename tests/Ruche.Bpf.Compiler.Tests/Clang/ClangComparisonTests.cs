// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using Ruche.Bpf.Compiler.FrontEnds.CSharp;
using Ruche.Bpf.Compiler.Ir.Text;
using Ruche.Bpf.Compiler.Tests.FrontEnds;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Tests;
using Ruche.Bpf.Verifier;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Compiler.Tests.Clang;

/// <summary>
/// The programs of bench/compiler, in C by clang, in the text form and in C# by us: the kernel takes both, both do the same with the same packets, and ours are
/// hardly longer. RUCHE_CODE_TABLE names a file that gets a line for each: the form, its name, how many slots each has, and how many runs agreed.
/// </summary>
public sealed class ClangComparisonTests : KernelTest
{
    private const double Allowed = 1.15;
    private const double AllowedForCSharp = 1.3;

    private static readonly string Folder = Path.Combine(TestData.Root, "bench/compiler/programs");
    private static readonly Lock Table = new();

    public static TheoryData<string> Programs => [.. Directory.EnumerateFiles(Folder, "*.ir").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Ours_does_the_same_in_hardly_more_instructions(string name) => Compare(name, CompileIr, Allowed);

    [Theory]
    [MemberData(nameof(Programs))]
    public void CSharp_does_the_same_in_hardly_more_instructions(string name) => Compare(name, CompileCSharp, AllowedForCSharp);

    private static void Compare(string name, Func<string, ObjectSpec> compile, double allowed)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/clang"), "clang is not installed");
        var clang = ObjectSpec.Read(CompileC(name), name);

        var ours = compile(name);

        var verdict = ProgramVerifier.Verify(new ProgramReader(ours, KernelTypes.Running).Read(ours.Programs[0]), new() { KernelTypes = KernelTypes.Running });
        Assert.True(verdict.IsAccepted, $"{verdict.Explanation?.Slot} {verdict.Explanation?.Detail}\n{Listing(ours)}");
        using TwinRun runs = new(BpfObject.Open(clang).Load(), BpfObject.Open(ours).Load());
        int count = runs.Compare(name);
        Record(name, compile == CompileIr ? "text" : "C#", clang, ours, count);
        double ratio = (double)Slots(ours) / Slots(clang);
        Assert.True(ratio <= allowed, $"{Slots(ours)} slots, clang {Slots(clang)}: {ratio:F2}\n{Listing(ours)}\n\nclang:\n{Listing(clang)}");
    }

    private static ObjectSpec CompileIr(string name)
    {
        var module = IrParser.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.ir")), name);
        module.KernelTypes = KernelTypes.Running;
        return BpfCompiler.Compile(module, TargetProfile.Linux61);
    }

    private static ObjectSpec CompileCSharp(string name)
    {
        string file = Path.Combine(Folder, $"{name}.cs");
        DiagnosticBag diagnostics = new();
        var modules = CSharpCompiler.Read(CSharpBuild.Build($"clang-{name}", file, File.ReadAllText(file)), CSharpBuild.References, diagnostics);
        Assert.Empty(diagnostics.Items);
        return BpfCompiler.Compile(Assert.Single(modules), TargetProfile.Linux61);
    }

    private static byte[] CompileC(string name)
    {
        string output = Path.Combine(Path.GetTempPath(), $"ruche-comparison-{Environment.ProcessId}-{name}.o");
        try
        {
            string[] arguments = ["-g", "-O2", "-target", "bpf", "-mcpu=v3", "-I/usr/include/x86_64-linux-gnu", "-c", Path.Combine(Folder, $"{name}.c"), "-o", output];
            using var process = Process.Start(new ProcessStartInfo("/usr/bin/clang", arguments) { RedirectStandardError = true })!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors);
            return File.ReadAllBytes(output);
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static void Record(string name, string form, ObjectSpec clang, ObjectSpec ours, int runs)
    {
        if (Environment.GetEnvironmentVariable("RUCHE_CODE_TABLE") is not { } file) return;
        lock (Table) File.AppendAllText(file, string.Create(CultureInfo.InvariantCulture, $"{form}\t{name}\t{Slots(clang)}\t{Slots(ours)}\t{runs}\n"));
    }

    private static int Slots(ObjectSpec spec) => spec.Functions.Values.Concat(spec.Programs.Select(p => p.Entry)).DistinctBy(f => f.Name).Sum(f => f.Instructions.Length);

    private static string Listing(ObjectSpec spec) =>
        string.Join("\n\n", spec.Functions.Values.Concat(spec.Programs.Select(p => p.Entry)).DistinctBy(f => f.Name).Select(f => Disassembler.Format(f.Instructions.AsMemory())));
}
