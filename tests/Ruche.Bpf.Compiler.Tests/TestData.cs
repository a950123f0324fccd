// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Tests;

/// <summary>The cases that lie beside the tests' sources.</summary>
internal static class TestData
{
    /// <summary>Where the sources lie.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Folder(string name) => Path.Combine(Root, "tests/Ruche.Bpf.Compiler.Tests/testdata", name);

    private static string Find(string directory) => File.Exists(Path.Combine(directory, "Ruche.slnx"))
        ? directory
        : Find(Path.GetDirectoryName(directory) ?? throw new DirectoryNotFoundException("no Ruche.slnx above the test"));
}
