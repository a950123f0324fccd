// SPDX-License-Identifier: MIT
using Ruche.Architecture.Tests;

namespace Ruche.Bpf.Build.Tests.Packages;

/// <summary>What <c>dotnet new</c> makes, builds, and its tests pass.</summary>
public sealed class TemplateTests
{
    [Theory]
    [InlineData("ruche-probe", "probe.bpf.o", 2)]
    [InlineData("ruche-xdp", "filter.bpf.o", 3)]
    [InlineData("ruche-lsm", "rule.bpf.o", 3)]
    public void A_new_solution_builds_and_its_tests_pass(string template, string file, int tests)
    {
        using PackagedProject project = new(usesOtherPackages: true);
        string hive = project.PathOf("hive"), package = Path.Combine(Repository.Root, "artifacts/packages/Ruche.Templates.0.1.0.nupkg");
        project.Dotnet("new", "install", package, "--debug:custom-hive", hive);

        project.Dotnet("new", template, "-n", "Bees", "-o", "Bees", "--debug:custom-hive", hive);

        project.Dotnet("build", "Bees");
        Assert.True(File.Exists(project.PathOf($"Bees/Bees/bin/Debug/net10.0/{file}")));
        string ran = project.DotnetIn("Bees", "test", "--no-build", "--no-ansi", "--no-progress");
        Assert.Contains($"succeeded: {tests}", ran, StringComparison.Ordinal);
    }
}
