// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Specs;
using Ruche.Cli.Compilation;

namespace Ruche.Cli.Run;

/// <summary>Turns a file that was named on the command line into specs of objects.</summary>
internal static class ObjectSource
{
    /// <summary>Reads an object, or makes it of a C source or of C# with one object first.</summary>
    public static async Task<ObjectSpec> OpenAsync(string path, CancellationToken ct) => await OpenAllAsync(path, ct) switch
    {
        [var only] => only,
        var several => throw new CommandFailure(ExitCode.Usage, $"'{path}' has {several.Count} objects: {string.Join(", ", several.Select(o => o.Name))}; build it, and give the file of one"),
    };

    /// <summary>Reads an object, or compiles a source first; C# may have several.</summary>
    public static async Task<IReadOnlyList<ObjectSpec>> OpenAllAsync(string path, CancellationToken ct)
    {
        if (!File.Exists(path)) throw new CommandFailure(ExitCode.Usage, $"open '{path}': no such file");
        if (DotnetCompiler.Takes(path)) return await DotnetCompiler.CompileAsync(path, ct);
        if (!path.EndsWith(".c", StringComparison.Ordinal)) return [ObjectSpec.ReadFile(path)];
        return [ObjectSpec.Read(await ClangCompiler.CompileAsync(path, ct), NameOf(path))];
    }

    private static string NameOf(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return name.EndsWith(".bpf", StringComparison.Ordinal) ? name[..^4] : name;
    }
}
