// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;

namespace Ruche.Bpf.Machine.Tests.Compilation.Arm64;

/// <summary>What the installed <c>llvm-mc</c> reads in arm64 machine code.</summary>
internal static class LlvmMc
{
    private const int BytesPerLine = 64;

    /// <summary>A line for each instruction, its words separated by single spaces. Fails for what is no instruction.</summary>
    public static string[] Disassemble(ReadOnlySpan<byte> code)
    {
        string path = Path.GetTempFileName();
        try
        {
            Write(path, code);
            string[] lines = Run(path);
            Assert.Equal(code.Length / sizeof(uint), lines.Length);
            return lines;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Write(string path, ReadOnlySpan<byte> code)
    {
        using StreamWriter text = new(path);
        for (int at = 0; at < code.Length; at++)
        {
            text.Write($"0x{code[at]:x2}");
            text.Write((at + 1) % BytesPerLine == 0 ? '\n' : ' ');
        }
    }

    private static string[] Run(string path)
    {
        ProcessStartInfo start = new("llvm-mc", ["--disassemble", "--triple=aarch64", "-mattr=+lse", path]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Start(start);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal("", errors.GetAwaiter().GetResult());
        Assert.Equal(0, process.ExitCode);
        return [.. output.Split('\n').Select(Plain).Where(line => line.Length > 0 && line[0] != '.')];
    }

    private static string Plain(string line) => line.Split("//")[0].Trim().Replace('\t', ' ');

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("llvm-mc is not installed: apt-get install llvm");
            throw;
        }
    }
}
