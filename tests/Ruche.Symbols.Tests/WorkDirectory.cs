// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Tests;

/// <summary>A directory of a test's own, gone after it.</summary>
internal sealed class WorkDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ruche-symbols-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
