// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Tests.Explanations;

/// <summary>The logs of testdata/verifier-logs: of the programs beside them, as Linux 6.18 and bpftool print them, and of older kernels.</summary>
internal static class RecordedLogs
{
    public static string Folder { get; } = Path.Combine(Root(), "tests", "Ruche.Bpf.Verifier.Tests", "testdata", "verifier-logs");

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.log").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name + ".log"));

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Ruche.slnx"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("the tests must run within the repository");
    }
}
