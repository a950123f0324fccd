// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Ruche.Bpf.Objects.Tests;

/// <summary>Files of Debian packages, which are downloaded once, to <c>~/.cache/ruche/debs</c>, and never committed.</summary>
internal static class DebianPackage
{
    private static readonly string Cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache/ruche/debs");

    /// <summary>The directory that holds the package's files; null when it cannot be had.</summary>
    public static string? Unpack(string package)
    {
        string unpacked = Path.Combine(Cache, "x");
        Directory.CreateDirectory(unpacked);
        string directory = Path.Combine(unpacked, package);
        if (Directory.Exists(directory)) return directory;
        if (!Run("apt-get", "download", "-qq", package)) return null;
        string? file = Directory.EnumerateFiles(Cache, $"{package}_*.deb").FirstOrDefault();
        return file is not null && Run("dpkg", "-x", file, directory) ? directory : null;
    }

    private static bool Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = Cache, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            errors.Wait();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
