// SPDX-License-Identifier: MIT
using System.IO.Enumeration;
using System.Runtime.InteropServices;
using System.Text;
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

    /// <summary>The functions that ftrace can patch and whose names match; none when tracefs does not tell.</summary>
    /// <param name="pattern">Names with <c>*</c> and <c>?</c>.</param>
    public static List<TraceableFunction> Traceable(string pattern = "*")
    {
        // Since Linux 6.5 there is a list with addresses.
        byte[]? addressed = ReadList("available_filter_functions_addrs");
        byte[] list = addressed ?? ReadList("available_filter_functions") ?? [];

        // There are tens of thousands: most are told by how they begin.
        byte[] start = Encoding.UTF8.GetBytes(pattern[..(pattern.AsSpan().IndexOfAny('*', '?') is var wild and >= 0 ? wild : pattern.Length)]);
        List<TraceableFunction> found = [];
        foreach (var range in list.AsSpan().Split((byte)'\n'))
        {
            var line = list.AsSpan(range);
            var name = TraceableFunction.NameIn(line, addressed is not null);
            if (name.IsEmpty || !name.StartsWith(start) || name.StartsWith("__ftrace_invalid_address__"u8)) continue;
            string text = Encoding.UTF8.GetString(name);
            if (FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false)) found.Add(new(text, addressed is null ? 0 : TraceableFunction.AddressIn(line)));
        }

        return found;
    }

    private static byte[]? ReadList(string name)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(KernelFileSystems.Tracing(), name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
