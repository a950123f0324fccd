// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Tests.Instructions;

/// <summary>Test inputs that live beside the repository, in <c>../shared/data</c> or where RUCHE_SHARED says.</summary>
internal static class SharedFiles
{
    /// <summary>The root of the repository.</summary>
    public static string Repository { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The path of a shared file or folder; null when it is not there.</summary>
    public static string? Find(string path)
    {
        string shared = Environment.GetEnvironmentVariable("RUCHE_SHARED") ?? Path.Combine(Repository, "..", "shared");
        string full = Path.Combine(shared, "data", path);
        return File.Exists(full) || Directory.Exists(full) ? full : null;
    }

    private static string FindRoot(string directory) => File.Exists(Path.Combine(directory, "Ruche.slnx"))
        ? directory
        : FindRoot(Path.GetDirectoryName(directory) ?? throw new DirectoryNotFoundException("no Ruche.slnx above the test"));
}
