// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Ruche.Trace.Tests.Running;

/// <summary>The program of testdata/run/traced.c, compiled when a case asks for it first, or taken as the host has compiled it.</summary>
public sealed class TracedProgram : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("ruche-traced").FullName;
    private readonly Lazy<string> _path;
    private Process? _process;

    public TracedProgram() => _path = new(Compile);

    /// <summary>Where it is. Skips the test when there is no C compiler.</summary>
    public string Path => _path.Value;

    /// <summary>Runs it until all its functions were called, or it was ended; it stays until <see cref="Leave"/>.</summary>
    public void Call()
    {
        _process = Process.Start(new ProcessStartInfo(Path) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        _process.StandardOutput.ReadLine();
    }

    /// <summary>Ends what <see cref="Call"/> started.</summary>
    public void Leave()
    {
        _process?.StandardInput.Close();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_directory, recursive: true);

    // In a folder of a name that is known, for cases that name the source by it.
    private string Compile() => CCompiler.Build(
        System.IO.Path.Combine(Directory.CreateDirectory(System.IO.Path.Combine(_directory, "run")).FullName, "traced"), File.ReadAllText(System.IO.Path.Combine(Repository.Root, "tests/Ruche.Trace.Tests/testdata/run/traced.c")),
        "-g", "-O0", "-fno-omit-frame-pointer");
}
