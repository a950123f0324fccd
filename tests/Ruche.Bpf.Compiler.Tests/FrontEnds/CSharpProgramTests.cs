// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Compiler.FrontEnds.CSharp;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Machine;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Tests;
using Ruche.Bpf.Verifier;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Compiler.Tests.FrontEnds;

/// <summary>
/// Programs in C#: testdata/csharp/NAME.cs. Lines that begin with <c>// run</c> give a packet and the value to be returned for it, in the machine and in the
/// kernel; the code that the programs become is approved beside it (RUCHE_APPROVE=1), so that a worse one is seen.
/// </summary>
public sealed class CSharpProgramTests : KernelTest
{
    private static readonly string Folder = TestData.Folder("csharp");

    public static TheoryData<string> Cases => [.. Directory.EnumerateFiles(Folder, "*.cs").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_program_becomes_short_code_that_does_what_is_said(string name)
    {
        string file = Path.Combine(Folder, $"{name}.cs");
        string text = File.ReadAllText(file);
        DiagnosticBag diagnostics = new();

        var modules = CSharpCompiler.Read(CSharpBuild.Build(name, file, text), CSharpBuild.References, diagnostics);

        Assert.Empty(diagnostics.Items);
        var spec = BpfCompiler.Compile(Assert.Single(modules), TargetProfile.Linux510);
        VerifyCode(name, Listing(spec));
        foreach (var program in spec.Programs)
        {
            var verdict = ProgramVerifier.Verify(new ProgramReader(spec, kernel: null).Read(program), new());
            Assert.True(verdict.IsAccepted, $"{verdict.Explanation?.Slot} {verdict.Explanation?.Detail}\n{Listing(spec)}");
        }

        using var kernel = BpfObject.Open(ObjectSpec.Read(spec.Write(), name)).Load();
        foreach (var (packet, expected) in Runs(text))
        {
            using var machine = BpfMachine.Load(spec);
            var run = machine.Program(spec.Programs[0].Name).Run(packet);
            Assert.True(run.Fault is null, run.Fault?.ToString());
            Assert.Equal((expected, expected), (run.ReturnValue, kernel.Program(spec.Programs[0].Name).Run(packet).ReturnValue));
        }
    }

    private static void VerifyCode(string name, string listing)
    {
        string file = Path.Combine(Folder, $"{name}.code.txt");
        if (Environment.GetEnvironmentVariable("RUCHE_APPROVE") == "1") File.WriteAllText(file, listing);
        Assert.Equal(File.ReadAllText(file), listing);
    }

    private static IEnumerable<(byte[] Packet, uint Value)> Runs(string text)
    {
        foreach (string line in text.Split('\n').Where(l => l.StartsWith("// run ", StringComparison.Ordinal)))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            yield return (Convert.FromHexString(words[2]), uint.Parse(words[^1], CultureInfo.InvariantCulture));
        }
    }

    private static string Listing(ObjectSpec spec) => string.Concat(spec.Functions.Values.OrderBy(f => f.Name, StringComparer.Ordinal).Concat(spec.Programs.Select(p => p.Entry))
        .Select(f => $"{f.Name}: {f.Instructions.Length} instructions\n{Disassembler.Format(f.Instructions.AsMemory())}\n"));
}
