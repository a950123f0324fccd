// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Links;

/// <summary>The kernel's functions by name.</summary>
internal static class KernelFunctions
{
    private static readonly Lazy<bool> Wrappers = new(() => KernelSymbols.Has($"{SystemCallPrefix}sys_bpf"));

    /// <summary>What system call functions are called before their names, where they take their arguments in a structure.</summary>
    public static string SystemCallPrefix => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "__x64_",
        Architecture.Arm64 => "__arm64_",
        Architecture.S390x => "__s390x_",
        Architecture.RiscV64 => "__riscv_",
        _ => "__no_wrapper_",
    };

    /// <summary>Whether system call functions take their arguments in a structure.</summary>
    public static bool HasSystemCallWrappers => Wrappers.Value;

    /// <summary>The functions that ftrace can patch; empty when tracefs does not tell.</summary>
    public static IEnumerable<string> Traceable()
    {
        using var lines = OpenTraceable();
        while (lines?.ReadLine() is { } line)
        {
            // Functions of modules are followed by the module's name.
            int end = line.IndexOfAny([' ', '\t']);
            yield return end < 0 ? line : line[..end];
        }
    }

    private static StreamReader? OpenTraceable()
    {
        try
        {
            return new(Path.Combine(KernelFileSystems.Tracing(), "available_filter_functions"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
