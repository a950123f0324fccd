// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir.Text;
using Ruche.Bpf.Compiler.Passes;

namespace Ruche.Bpf.Compiler.Tests.Passes;

/// <summary>What becomes of repeats in a function, were it large: testdata/repeats/NAME.case, as for the passes.</summary>
public sealed class RepeatOutliningTests
{
    private static readonly string Folder = TestData.Folder("repeats");

    public static TheoryData<string> Cases => [.. Directory.EnumerateFiles(Folder, "*.case").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_module_becomes_what_the_case_says(string file)
    {
        string path = Path.Combine(Folder, file);
        string[] parts = File.ReadAllText(path).Split("\n---\n");
        var module = IrParser.Parse(parts[0], file);

        RepeatOutlining.Run(module, module.Functions[0], large: 0);

        string result = IrPrinter.Print(module);
        if (Environment.GetEnvironmentVariable("RUCHE_APPROVE") == "1") File.WriteAllText(path, $"{parts[0]}\n---\n{result}");
        else Assert.Equal(parts[1], result);
        Assert.Null(ModuleChecker.Check(module));
    }
}
