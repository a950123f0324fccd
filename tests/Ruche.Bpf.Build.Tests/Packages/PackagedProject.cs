// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Architecture.Tests;

namespace Ruche.Bpf.Build.Tests.Packages;

/// <summary>A folder outside the repository, as a user has one: its files refer to the packages by name and version, which come from a local feed.</summary>
internal sealed class PackagedProject : IDisposable
{
    private static readonly Lazy<string> Feed = new(Pack);

    private readonly string _folder = Directory.CreateTempSubdirectory("ruche-user-").FullName;

    /// <summary>Makes the folder.</summary>
    /// <param name="usesOtherPackages">Whether packages that this repository is built with are at hand, too.</param>
    public PackagedProject(bool usesOtherPackages = false)
    {
        string fallback = usesOtherPackages ? $"<fallbackPackageFolders><add key=\"restored\" value=\"{LinkRestored()}\" /></fallbackPackageFolders>" : "";
        Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="ruche" value="{Feed.Value}" /></packageSources>
              <config><add key="globalPackagesFolder" value="{Feed.Value}/.cache" /></config>
              {fallback}
            </configuration>
            """);
    }

    public string PathOf(string file) => Path.Combine(_folder, file);

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    public void Replace(string file, string old, string text)
    {
        string before = File.ReadAllText(PathOf(file));
        Assert.Contains(old, before, StringComparison.Ordinal);
        File.WriteAllText(PathOf(file), before.Replace(old, text, StringComparison.Ordinal));
    }

    public string Dotnet(params string[] arguments) => Dotnet(0, arguments);

    /// <summary>Runs dotnet in the folder; its output must come with the exit status that is expected.</summary>
    public string Dotnet(int expected, params string[] arguments) => Dotnet(expected, _folder, arguments);

    public string DotnetIn(string folder, params string[] arguments) => Dotnet(0, PathOf(folder), arguments);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Dotnet(int expected, string folder, string[] arguments)
    {
        var (status, output) = Run("dotnet", arguments, folder);
        Assert.True(status == expected, $"dotnet {string.Join(' ', arguments)} ended with {status}\n{output}");
        return output;
    }

    public static (int Status, string Output) Run(string command, string[] arguments, string folder)
    {
        ProcessStartInfo start = new(command, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    // All but our own, which come from the feed.
    private string LinkRestored()
    {
        string restored = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");
        string links = Directory.CreateDirectory(PathOf("restored")).FullName;
        foreach (string package in Directory.EnumerateDirectories(restored).Where(p => !Path.GetFileName(p).StartsWith("ruche.", StringComparison.Ordinal)))
            Directory.CreateSymbolicLink(Path.Combine(links, Path.GetFileName(package)), package);
        return links;
    }

    private static string Pack()
    {
        var (status, output) = Run(Path.Combine(Repository.Root, "eng/pack"), [], Repository.Root);
        Assert.True(status == 0, output);
        return Path.Combine(Repository.Root, "artifacts/packages");
    }
}
