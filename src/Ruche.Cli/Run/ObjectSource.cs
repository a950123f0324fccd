// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Specs;
using Ruche.Cli.Compilation;

namespace Ruche.Cli.Run;

/// <summary>Turns a file that was named on the command line into an object's spec.</summary>
internal static class ObjectSource
{
    /// <summary>Reads an object, or compiles a C source first.</summary>
    public static async Task<ObjectSpec> OpenAsync(string path, CancellationToken ct)
    {
        if (!File.Exists(path)) throw new CommandFailure(ExitCode.Usage, $"open '{path}': no such file");
        if (!path.EndsWith(".c", StringComparison.Ordinal)) return ObjectSpec.ReadFile(path);
        byte[] image = await ClangCompiler.CompileAsync(path, ct);
        return ObjectSpec.Read(image, NameOf(path));
    }

    private static string NameOf(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return name.EndsWith(".bpf", StringComparison.Ordinal) ? name[..^4] : name;
    }
}
