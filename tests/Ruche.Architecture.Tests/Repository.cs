// SPDX-License-Identifier: MIT
namespace Ruche.Architecture.Tests;

internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string directory) =>
        File.Exists(Path.Combine(directory, "Ruche.slnx"))
            ? directory
            : Find(Path.GetDirectoryName(directory) ?? throw new DirectoryNotFoundException("no Ruche.slnx above the test"));
}
