// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;

namespace Ruche.Cli.Tests;

/// <summary>Runs the published binary as a user would, by the cases in Cases/*.case.</summary>
public sealed class CommandCaseTests
{
    public static TheoryData<string, string> Names
    {
        get
        {
            TheoryData<string, string> names = [];
            foreach (string path in Directory.EnumerateFiles(CaseDirectory, "*.case").Order(StringComparer.Ordinal))
                foreach (CommandCase one in CommandCase.ReadFile(path)) names.Add(Path.GetFileNameWithoutExtension(path), one.Name);
            return names;
        }
    }

    private static string CaseDirectory => Path.Combine(AppContext.BaseDirectory, "Cases");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_command_does_what_the_case_says(string file, string name)
    {
        CommandCase one = CommandCase.ReadFile(Path.Combine(CaseDirectory, file + ".case")).Single(x => x.Name == name);
        Host.Require(one.Requires);
        try
        {
            foreach (string line in one.Setup) Assert.True((await Shell.RunAsync(line)).Exit == 0, $"SETUP {line}");
            using Shell? beside = one.Beside is null ? null : Shell.Start(one.Beside);

            ShellResult result = await Shell.RunAsync(one.Run);

            string all = $"$ {one.Run}\n{result.Output}\n--- standard error\n{result.Errors}\n--- exit {result.Exit}";
            Assert.True(result.Exit == one.Exit, $"expected exit {one.Exit}\n{all}");
            Assert.All(one.Expected, pattern => Assert.True(Matches(result.Output, pattern), $"expected /{pattern}/\n{all}"));
            Assert.All(one.ExpectedErrors, pattern => Assert.True(Matches(result.Errors, pattern), $"expected on standard error /{pattern}/\n{all}"));
            Assert.All(one.Rejected, pattern => Assert.False(Matches(result.Output + result.Errors, pattern), $"did not expect /{pattern}/\n{all}"));
        }
        finally
        {
            foreach (string line in one.Cleanup) await Shell.RunAsync(line);
        }
    }

    private static bool Matches(string text, string pattern) => Regex.IsMatch(text, pattern, RegexOptions.Multiline, TimeSpan.FromSeconds(10));
}
