// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Tests;

/// <summary>The cases that lie beside the tests' sources.</summary>
internal static class TestData
{
    public static string Folder(string name) => Path.Combine(Find(AppContext.BaseDirectory), "tests/Ruche.Bpf.Compiler.Tests/testdata", name);

    private static string Find(string directory) => File.Exists(Path.Combine(directory, "Ruche.slnx"))
        ? directory
        : Find(Path.GetDirectoryName(directory) ?? throw new DirectoryNotFoundException("no Ruche.slnx above the test"));
}
