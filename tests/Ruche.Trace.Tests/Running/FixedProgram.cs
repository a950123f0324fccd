// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Ruche.Trace.Tests.Running;

/// <summary>A program whose variables have the same addresses in every process; it counts to ten for each line that it reads.</summary>
public sealed class FixedProgram : IDisposable
{
    private const string Source = """
        #include <stdio.h>
        volatile long counter;
        __attribute__((noinline)) void step(int i) { counter = i; }
        int main(void)
        {
            char line[8];
            while (fgets(line, sizeof line, stdin))
            {
                for (int i = 0; i < 10; i++) step(i);
                puts("done");
                fflush(stdout);
            }
            return 0;
        }
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("ruche-fixed").FullName;
    private readonly Lazy<Process> _process;

    public FixedProgram() => _process = new(() => Process.Start(new ProcessStartInfo(CCompiler.Build(Path, Source, "-O1", "-no-pie")) { RedirectStandardInput = true, RedirectStandardOutput = true })!);

    public string Path => System.IO.Path.Combine(_directory, "fixed");

    public int Id => _process.Value.Id;

    /// <summary>Counts to ten.</summary>
    public void Step()
    {
        _process.Value.StandardInput.WriteLine();
        _process.Value.StandardInput.Flush();
        Assert.Equal("done", _process.Value.StandardOutput.ReadLine());
    }

    public void Dispose()
    {
        if (_process.IsValueCreated)
        {
            _process.Value.StandardInput.Close();
            _process.Value.WaitForExit();
            _process.Value.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }
}
