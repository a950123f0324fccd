// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Diagnostics;

namespace Ruche.Bpf.Objects.Tests;

/// <summary>Compiles C to eBPF objects with the installed clang. The same source and arguments are compiled once per run.</summary>
internal static class Clang
{
    private static readonly ConcurrentDictionary<string, Lazy<byte[]>> Objects = new();

    /// <summary>Little-endian, optimised, with debug information, unless the arguments say otherwise (<c>-g0</c>, <c>--target=bpfeb</c>).</summary>
    public static byte[] Compile(string source, params string[] arguments)
    {
        string key = string.Join('\0', [source, .. arguments]);
        return Objects.GetOrAdd(key, _ => new(() => Run(source, "test.bpf.c", arguments))).Value;
    }

    /// <summary>Assembles LLVM's eBPF assembly.</summary>
    public static byte[] Assemble(string source) => Run(source, "test.s", ["-g0"]);

    private static byte[] Run(string source, string file, string[] arguments)
    {
        string directory = Directory.CreateTempSubdirectory("ruche-clang-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(directory, file), source);
            ProcessStartInfo start = new("clang")
            {
                WorkingDirectory = directory,
                RedirectStandardError = true,
                ArgumentList = { "--target=bpfel", "-O2", "-g", "-I/usr/include/x86_64-linux-gnu", "-Wno-unknown-attributes" },
            };
            foreach (string argument in arguments) start.ArgumentList.Add(argument);
            foreach (string argument in (string[])["-c", file, "-o", "test.bpf.o"]) start.ArgumentList.Add(argument);
            Wait(start);
            return File.ReadAllBytes(Path.Combine(directory, "test.bpf.o"));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Wait(ProcessStartInfo start)
    {
        using var process = TryStart(start);
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
    }

    private static Process TryStart(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("clang is not installed: apt-get install clang");
            throw;
        }
    }
}
