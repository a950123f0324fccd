// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Links;

/// <summary>The kernel's functions by name.</summary>
internal static class KernelFunctions
{
    private static readonly Lazy<bool> Wrappers = new(() => Has($"{SystemCallPrefix}sys_bpf"));

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
        string path;
        try
        {
            path = Path.Combine(KernelFileSystems.Tracing(), "available_filter_functions");
        }
        catch (BpfException)
        {
            yield break;
        }

        if (!File.Exists(path)) yield break;
        foreach (string line in File.ReadLines(path))
        {
            // Functions of modules are followed by the module's name.
            int end = line.IndexOfAny([' ', '\t']);
            yield return end < 0 ? line : line[..end];
        }
    }

    /// <summary>Whether the kernel has a symbol of that name.</summary>
    public static bool Has(string name)
    {
        foreach (string line in File.ReadLines("/proc/kallsyms"))
        {
            // "ffffffff81000000 T name", and for modules a tab and "[module]".
            int start = line.IndexOf(' ', StringComparison.Ordinal) + 3;
            if (start > 2 && line.AsSpan(start).StartsWith(name, StringComparison.Ordinal)
                && (line.Length == start + name.Length || line[start + name.Length] == '\t')) return true;
        }

        return false;
    }
}
