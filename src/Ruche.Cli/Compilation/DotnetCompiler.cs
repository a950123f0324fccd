// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Cli.Compilation;

/// <summary>Builds kernel programs in C#, a project or a single file, with the .NET SDK that is installed.</summary>
internal static class DotnetCompiler
{
    private const string Suffix = ".bpf.o";

    private static readonly string[] Places = ["/usr/share/dotnet", "/usr/lib/dotnet", "/usr/local/share/dotnet", "/opt/dotnet"];

    /// <summary>Whether a file is one to be built here.</summary>
    public static bool Takes(string path) => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".csproj", StringComparison.Ordinal);

    /// <summary>Builds a project, or a file as one, and returns its objects; what the build says is the failure's details.</summary>
    public static async Task<IReadOnlyList<ObjectSpec>> CompileAsync(string path, CancellationToken ct)
    {
        string dotnet = Find() ?? throw new CommandFailure(ExitCode.Environment, $"build '{path}': there is no dotnet command; install the .NET SDK 10 (https://dot.net/download), or give an object built elsewhere");
        string output = Directory.CreateTempSubdirectory("ruche-").FullName;
        try
        {
            await RunAsync(dotnet, [.. Arguments(ProjectOf(path), output)], path, ct);
            string[] objects = [.. Directory.EnumerateFiles(output, $"*{Suffix}").Order(StringComparer.Ordinal)];
            return objects.Length > 0 ? [.. objects.Select(ObjectSpec.ReadFile)]
                : throw new CommandFailure(ExitCode.Failed, $"build '{path}': it has no kernel programs; mark a static class with [BpfObject], and refer to the package Ruche.Bpf.Build");
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    private static IEnumerable<string> Arguments(string project, string output)
    {
        yield return "build";
        yield return project;
        yield return "-nologo";
        yield return "-verbosity:quiet";
        yield return "-consoleLoggerParameters:NoSummary";
        yield return $"-property:BpfObjectOutput={output}/";
        if (Packages is { } packages) yield return $"-property:RestoreAdditionalProjectSources={packages}";
    }

    // A checkout has its packages beside the command: ./ruche says where.
    private static string? Packages => Environment.GetEnvironmentVariable("RUCHE_PACKAGES") is { Length: > 0 } packages ? packages : null;

    // A file that says what it refers to is a program of its own. Any other gets a project around it, which stays, so that the next build is quick.
    private static string ProjectOf(string path)
    {
        if (!path.EndsWith(".cs", StringComparison.Ordinal) || File.ReadLines(path).Any(l => l.StartsWith("#:", StringComparison.Ordinal))) return path;
        string source = Path.GetFullPath(path);
        string folder = CacheFolder.Of("build", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..16]);
        string project = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(path)}.csproj");
        string text = $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <EnableDefaultItems>false</EnableDefaultItems>
              </PropertyGroup>
              <ItemGroup>
                <Compile Include="{System.Security.SecurityElement.Escape(source)}" />
                <PackageReference Include="Ruche.Bpf.Build" Version="{typeof(DotnetCompiler).Assembly.GetName().Version!.ToString(3)}" />
              </ItemGroup>
            </Project>
            """;
        Directory.CreateDirectory(folder);
        if (!File.Exists(project) || File.ReadAllText(project) != text) File.WriteAllText(project, text);
        return project;
    }

    private static async Task RunAsync(string dotnet, string[] arguments, string path, CancellationToken ct)
    {
        ProcessStartInfo start = new(dotnet, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        if (Packages is { } packages) start.Environment["NUGET_PACKAGES"] = Path.Combine(packages, ".cache");
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        await using var kill = ct.Register(() => process.Kill(entireProcessTree: true));
        Task<string> errors = process.StandardError.ReadToEndAsync(ct);
        string messages = await process.StandardOutput.ReadToEndAsync(ct) + await errors;
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0) throw new CommandFailure(ExitCode.Failed, $"build '{path}': it failed; see its messages above") { Details = Tidied(messages) };
    }

    // The build says all again in its summary, and of each message which project it was.
    private static string Tidied(string messages)
    {
        int summary = messages.IndexOf("\nBuild FAILED.", StringComparison.Ordinal);
        string[] lines = (summary < 0 ? messages : messages[..summary]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('\n', lines.Select(l => l.EndsWith("proj]", StringComparison.Ordinal) ? l[..l.LastIndexOf(" [", StringComparison.Ordinal)] : l).Distinct());
    }

    private static string? Find()
    {
        string[] folders =
        [
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries),
            .. Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root ? [root] : Array.Empty<string>(),
            .. Places,
        ];
        return folders.Select(f => Path.Combine(f, "dotnet")).FirstOrDefault(IsThere);
    }

    // A link that leads nowhere exists as well.
    private static bool IsThere(string path) => File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is null or { Exists: true };
}
