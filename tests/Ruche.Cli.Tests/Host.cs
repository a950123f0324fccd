// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Tests;

/// <summary>What the tests find on this machine.</summary>
internal static class Host
{
    /// <summary>The repository.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>Test inputs that are kept beside the repository.</summary>
    public static string Shared { get; } = Environment.GetEnvironmentVariable("RUCHE_SHARED") ?? Path.Combine(Root, "..", "shared");

    /// <summary>The published command; <c>./test</c> builds it before it runs the tests.</summary>
    public static string Binary { get; } = Path.Combine(Root, "artifacts", "ruche", "ruche");

    /// <summary>Skips the test when the machine lacks one of: <c>root</c>, <c>shared</c>, or a command; fails when the published binary is missing.</summary>
    public static void Require(IEnumerable<string> needs)
    {
        Assert.True(File.Exists(Binary), $"{Binary} is not there; run ./ruche --version once");
        foreach (string need in needs)
        {
            if (!Has(need)) Assert.Skip($"this machine lacks {need}");
        }
    }

    private static bool Has(string need) => need switch
    {
        "root" => Environment.IsPrivilegedProcess,
        "shared" => Directory.Exists(Shared),
        _ => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(directory => File.Exists(Path.Combine(directory, need))),
    };

    private static string FindRoot(string directory) =>
        File.Exists(Path.Combine(directory, "Ruche.slnx"))
            ? directory
            : FindRoot(Path.GetDirectoryName(directory) ?? throw new DirectoryNotFoundException("no Ruche.slnx above the test"));
}
