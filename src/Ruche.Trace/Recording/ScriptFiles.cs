// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Recording;

/// <summary>The files that a script imports and includes: those of the host, or those of a recording. Files beside the script are known by where they are from there.</summary>
internal sealed class ScriptFiles(HostAnswers answers, string script)
{
    private readonly string _root = Path.GetDirectoryName(Path.GetFullPath(script)) ?? "/";

    /// <summary>Whether there is a file.</summary>
    public bool Exists(string path) => answers.IsRecorded ? Text(path) is not null : File.Exists(path);

    /// <summary>Whether there is a directory.</summary>
    public bool IsDirectory(string path) => answers.IsRecorded ? Scripts(path) is not null : Directory.Exists(path);

    /// <summary>What stands in a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public string Read(string path) => answers.IsRecorded ? Text(path) ?? throw new FileNotFoundException($"it is not in the recording: {path}") : File.ReadAllText(path);

    /// <summary>The scripts of a directory, in the order of their names.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public IEnumerable<string> ScriptsIn(string directory)
    {
        if (!answers.IsRecorded) return Directory.EnumerateFiles(directory, "*.bt").Order(StringComparer.Ordinal);
        return (Scripts(directory) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(name => Path.Combine(directory, name));
    }

    private string? Text(string path) => answers.AskText(AnswerKind.SourceFile, KeyOf(path), () => File.Exists(path) ? File.ReadAllText(path) : null);

    private string? Scripts(string directory) => answers.AskText(AnswerKind.SourceFolder, KeyOf(directory), () =>
        Directory.Exists(directory) ? string.Join('\n', Directory.EnumerateFiles(directory, "*.bt").Select(Path.GetFileName).Order(StringComparer.Ordinal)) : null);

    private string KeyOf(string path)
    {
        string full = Path.GetFullPath(path);
        return full.StartsWith("/usr/", StringComparison.Ordinal) ? full : Path.GetRelativePath(_root, full);
    }
}
