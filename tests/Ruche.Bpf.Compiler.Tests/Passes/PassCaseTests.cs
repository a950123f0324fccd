// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir.Text;
using Ruche.Bpf.Compiler.Passes;

namespace Ruche.Bpf.Compiler.Tests.Passes;

/// <summary>
/// What each pass makes of a module: testdata/passes/PASS/NAME.case holds the module, a line of dashes, and what becomes of it. RUCHE_APPROVE=1 rewrites
/// the second part; a line <c># target Linux 5.10</c> says for which release it is.
/// </summary>
public sealed class PassCaseTests
{
    private static readonly string Folder = TestData.Folder("passes");

    public static TheoryData<string> Cases =>
        [.. Directory.EnumerateFiles(Folder, "*.case", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_module_becomes_what_the_case_says(string file)
    {
        string path = Path.Combine(Folder, file);
        string[] parts = File.ReadAllText(path).Split("\n---\n");
        var module = IrParser.Parse(parts[0], file);
        Assert.Null(ModuleChecker.Check(module));

        var pass = Assert.Single(PassPipeline.All, p => p.Name == Path.GetDirectoryName(file));
        foreach (var function in module.Functions.ToList()) pass.Run(new(module, function, TargetOf(parts[0])));

        string result = IrPrinter.Print(module);
        if (Environment.GetEnvironmentVariable("RUCHE_APPROVE") == "1") File.WriteAllText(path, $"{parts[0]}\n---\n{result}");
        else Assert.Equal(parts[1], result);
        Assert.Null(ModuleChecker.Check(module));
    }

    [Fact]
    public void Every_pass_has_a_case() =>
        Assert.Equal(PassPipeline.All.Select(p => p.Name).Order(), Directory.EnumerateDirectories(Folder).Select(Path.GetFileName).Order());

    private static TargetProfile TargetOf(string text) =>
        TargetProfile.Releases.FirstOrDefault(r => text.Contains($"# target {r.Name}", StringComparison.Ordinal)) ?? TargetProfile.Linux618;
}
