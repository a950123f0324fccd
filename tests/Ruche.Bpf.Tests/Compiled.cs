// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;

namespace Ruche.Bpf.Tests;

/// <summary>
/// What tests compile, kept under artifacts/compiled by a hash of source and arguments: a virtual machine without compilers runs
/// the same tests on what its host has compiled.
/// </summary>
internal static class Compiled
{
    /// <summary>The folder of the solution file.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Folder { get; } = Path.Combine(Root, "artifacts", "compiled");

    /// <summary>The kept result for a key, or what <paramref name="compile"/> makes.</summary>
    public static byte[] Get(string key, Func<byte[]> compile)
    {
        string path = Path.Combine(Folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 12)));
        if (File.Exists(path)) return File.ReadAllBytes(path);
        byte[] result = compile();
        Directory.CreateDirectory(Folder);
        string temporary = $"{path}.{Environment.ProcessId}";
        File.WriteAllBytes(temporary, result);
        File.Move(temporary, path, overwrite: true);
        return result;
    }

    private static string Find(string directory) => File.Exists(Path.Combine(directory, "Ruche.slnx"))
        ? directory
        : Find(Path.GetDirectoryName(directory) ?? throw new DirectoryNotFoundException("no Ruche.slnx above the test"));
}
