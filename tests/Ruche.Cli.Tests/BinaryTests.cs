// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Tests;

/// <summary>The one file that is installed.</summary>
public sealed class BinaryTests
{
    private const long Limit = 30 * 1024 * 1024;

    [Fact]
    public void The_published_command_stays_small()
    {
        Host.Require([]);

        Assert.InRange(new FileInfo(Host.Binary).Length, 1, Limit);
    }

    [Theory]
    [InlineData("--version", 15)]
    [InlineData("tool", 20)]
    [InlineData("trace -d bpf -e 'begin { @[comm] = count(); }'", 40)]
    public async Task A_start_compiles_few_methods(string arguments, int most)
    {
        Host.Require(["root"]);
        string list = Path.Combine(Path.GetTempPath(), $"ruche-{Guid.NewGuid():N}.methods");
        try
        {
            var result = await Shell.RunAsync($"DOTNET_JitDisasmSummary=1 DOTNET_JitStdOutFile={list} ruche {arguments}");

            Assert.Equal(0, result.Exit);
            string[] compiled = [.. File.ReadLines(list).Where(line => line.Contains("JIT compiled", StringComparison.Ordinal))];
            Assert.NotEmpty(compiled);
            Assert.True(compiled.Length <= most, $"{compiled.Length} methods, more than {most}; eng/startup-profile makes the profile anew\n{string.Join('\n', compiled)}");
        }
        finally
        {
            File.Delete(list);
        }
    }
}
