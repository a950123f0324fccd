// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;

namespace Ruche.Trace.Tests.Running;

/// <summary>Compiles C with the compiler of the host.</summary>
internal static class CCompiler
{
    /// <summary>Makes a program at a path, or takes the one that the host has compiled for a virtual machine. Skips the test when there is neither.</summary>
    public static string Build(string path, string source, params string[] options)
    {
        File.WriteAllBytes(path, Compiled.Get($"gcc {string.Join(' ', options)} {source}", () =>
        {
            File.WriteAllText($"{path}.c", source);
            try
            {
                using var compiler = Process.Start("gcc", [.. options, "-o", path, $"{path}.c"]);
                compiler.WaitForExit();
                Assert.Equal(0, compiler.ExitCode);
            }
            catch (Win32Exception)
            {
                Assert.Skip("needs gcc");
            }

            return File.ReadAllBytes(path);
        }));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
