// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ruche.Cli.Compilation;

/// <summary>Turns a <c>.bpf.c</c> into an object with the clang on the PATH.</summary>
internal static class ClangCompiler
{
    private static readonly string[] Names = ["clang", .. Enumerable.Range(14, 12).Reverse().Select(v => $"clang-{v}")];

    /// <summary>Compiles <paramref name="source"/> and returns the object's bytes; clang's messages are the failure's details.</summary>
    public static async Task<byte[]> CompileAsync(string source, CancellationToken ct)
    {
        string clang = Find() ?? throw new CommandFailure(
            ExitCode.Environment,
            $"compile '{source}': clang is not installed; install it (apt-get install clang libbpf-dev), or give an object compiled elsewhere");
        string? headers = KernelHeader.IsWantedBy(source) ? KernelHeader.Directory() : null;
        string output = Path.Combine(Path.GetTempPath(), $"ruche-{Environment.ProcessId}-{Path.GetRandomFileName()}.o");
        try
        {
            await RunAsync(clang, Arguments(source, output, headers), source, ct);
            return await File.ReadAllBytesAsync(output, ct);
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static List<string> Arguments(string source, string output, string? headers)
    {
        List<string> arguments =
        [
            "-target", "bpf", "-mcpu=v3", "-O2", "-g", $"-D__TARGET_ARCH_{Architecture}", "-Wall", "-Wno-unused",
            "-fno-color-diagnostics", "-c", source, "-o", output,
        ];
        if (headers is not null) arguments.AddRange(["-I", headers]);

        // Debian keeps asm/*.h below the multiarch directory, where the bpf target does not look.
        arguments.AddRange(["-idirafter", $"/usr/include/{Multiarch}"]);
        return arguments;
    }

    private static async Task RunAsync(string clang, List<string> arguments, string source, CancellationToken ct)
    {
        using Process process = Start(clang, arguments);
        using CancellationTokenRegistration kill = ct.Register(process.Kill);
        string messages = await process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode is 0) return;

        throw new CommandFailure(ExitCode.Failed, $"compile '{source}': clang refused it; {WayOut(messages)}") { Details = messages };
    }

    private static Process Start(string clang, List<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(clang, arguments) { RedirectStandardError = true })!;
        }
        catch (Win32Exception e)
        {
            throw new CommandFailure(ExitCode.Environment, $"run '{clang}': {e.Message}; reinstall clang");
        }
    }

    private static string WayOut(string messages) => messages switch
    {
        _ when messages.Contains("'bpf/bpf_", StringComparison.Ordinal) => "the bpf headers are missing: apt-get install libbpf-dev",
        _ when messages.Contains("'asm/types.h'", StringComparison.Ordinal) => "the kernel headers are missing: apt-get install linux-libc-dev",
        _ when messages.Contains("file not found", StringComparison.Ordinal) => "a header is missing, see above",
        _ => "see its messages above",
    };

    private static string? Find() =>
        (from name in Names
         from directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
         select Path.Combine(directory, name)).FirstOrDefault(File.Exists);

    private static string Architecture => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        System.Runtime.InteropServices.Architecture.S390x => "s390",
        _ => "x86",
    };

    private static string Multiarch => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.Arm64 => "aarch64-linux-gnu",
        System.Runtime.InteropServices.Architecture.S390x => "s390x-linux-gnu",
        _ => "x86_64-linux-gnu",
    };
}
