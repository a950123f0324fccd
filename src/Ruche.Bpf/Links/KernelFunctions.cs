// SPDX-License-Identifier: MIT
using System.IO.Enumeration;
using System.Runtime.InteropServices;
using System.Text;
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Links;

/// <summary>The kernel's functions by name.</summary>
public static class KernelFunctions
{
    private static readonly Lazy<bool> Wrappers = new(() => KernelSymbols.Has($"{SystemCallPrefix}sys_bpf"));

    /// <summary>What system call functions are called before their names, where they take their arguments in a structure.</summary>
    internal static string SystemCallPrefix => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "__x64_",
        Architecture.Arm64 => "__arm64_",
        Architecture.S390x => "__s390x_",
        Architecture.RiscV64 => "__riscv_",
        _ => "__no_wrapper_",
    };

    /// <summary>Whether system call functions take their arguments in a structure.</summary>
    internal static bool HasSystemCallWrappers => Wrappers.Value;

    /// <summary>
    /// The functions that can be probed and whose names match, those of modules among them: what ftrace can patch; where tracefs does not
    /// tell that, all functions that <c>/proc/kallsyms</c> lists, some of which the kernel will refuse.
    /// </summary>
    /// <param name="pattern">Names with <c>*</c> and <c>?</c>.</param>
    public static IReadOnlyList<TraceableFunction> Find(string pattern = "*")
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return ReadPatched(out bool hasAddress) is { } list ? Matching(list, hasAddress, pattern) : ListedSymbols(pattern);
    }

    /// <summary>Whether the kernel or a module has a function of that name, whether it can be probed or not.</summary>
    public static bool Exists(string name) => KernelSymbols.Has(name);

    /// <summary>The functions that ftrace can patch and whose names match; none when tracefs does not tell.</summary>
    /// <param name="pattern">Names with <c>*</c> and <c>?</c>.</param>
    internal static List<TraceableFunction> Traceable(string pattern = "*") => Matching(ReadPatched(out bool hasAddress) ?? [], hasAddress, pattern);

    // Since Linux 6.5 there is a list with addresses.
    private static byte[]? ReadPatched(out bool hasAddress)
    {
        byte[]? list = ReadList("available_filter_functions_addrs");
        hasAddress = list is not null;
        return list ?? ReadList("available_filter_functions");
    }

    private static List<TraceableFunction> Matching(byte[] list, bool hasAddress, string pattern)
    {
        // There are tens of thousands: most are told by how they begin.
        byte[] start = StartOf(pattern);
        List<TraceableFunction> found = [];
        foreach (var range in list.AsSpan().Split((byte)'\n'))
        {
            var line = list.AsSpan(range);
            var name = TraceableFunction.NameIn(line, hasAddress);
            if (name.IsEmpty || !name.StartsWith(start) || name.StartsWith("__ftrace_invalid_address__"u8)) continue;
            string text = Encoding.UTF8.GetString(name);
            if (!FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false)) continue;
            found.Add(new(text, ModuleOf(line), hasAddress ? TraceableFunction.AddressIn(line) : 0));
        }

        return found;
    }

    private static List<TraceableFunction> ListedSymbols(string pattern)
    {
        byte[] list = File.ReadAllBytes("/proc/kallsyms"), start = StartOf(pattern);
        List<TraceableFunction> found = [];
        foreach (var range in list.AsSpan().Split((byte)'\n'))
        {
            // "ffffffff81000000 T name", and for modules a tab and "[module]".
            var line = list.AsSpan(range);
            int space = line.IndexOf((byte)' ');
            if (space < 0 || space + 3 >= line.Length || line[space + 1] is not ((byte)'t' or (byte)'T' or (byte)'w' or (byte)'W')) continue;
            var name = TraceableFunction.NameIn(line[(space + 3)..], hasAddress: false);
            if (!name.StartsWith(start) || IsNoFunction(name)) continue;

            // Not modules, but programs and ftrace's own code.
            string? module = ModuleOf(line);
            if (module is "bpf" || module?.StartsWith("__builtin__", StringComparison.Ordinal) == true) continue;
            string text = Encoding.UTF8.GetString(name);
            if (FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false)) found.Add(new(text, module, 0));
        }

        return found;
    }

    // What compilers put before functions, and parts of functions that they have moved away.
    private static bool IsNoFunction(ReadOnlySpan<byte> name) =>
        name.StartsWith("__pfx_"u8) || name.StartsWith("__cfi_"u8) || name.EndsWith(".cold"u8);

    private static byte[] StartOf(string pattern) =>
        Encoding.UTF8.GetBytes(pattern[..(pattern.AsSpan().IndexOfAny('*', '?') is var wild and >= 0 ? wild : pattern.Length)]);

    private static string? ModuleOf(ReadOnlySpan<byte> line) =>
        TraceableFunction.ModuleIn(line) is { IsEmpty: false } name ? Encoding.UTF8.GetString(name) : null;

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
