// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text;
using Ruche.Trace.Tests.Running;

namespace Ruche.Trace.Tests.Output;

/// <summary>Asks the C library: compiles a program, feeds it lines, and reads what it writes.</summary>
internal static class CProgram
{
    /// <summary>What the program writes, cut at bytes of 1. Skips the test when there is no C compiler.</summary>
    public static string[] Run(string source, IEnumerable<string> lines, string zone = "UTC")
    {
        string directory = Directory.CreateTempSubdirectory("ruche-c").FullName;
        try
        {
            string program = Path.Combine(directory, "ask");
            CCompiler.Build(program, source, "-w");
            return Feed(program, lines, zone);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string[] Feed(string program, IEnumerable<string> lines, string zone)
    {
        ProcessStartInfo start = new(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.Latin1,
            StandardInputEncoding = Encoding.Latin1,
        };
        start.Environment["TZ"] = zone;
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        foreach (string line in lines) process.StandardInput.Write(line + "\n");
        process.StandardInput.Close();
        process.WaitForExit();
        return output.GetAwaiter().GetResult().Split('\x01')[..^1];
    }
}
