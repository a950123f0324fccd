// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Trace.Types;

/// <summary>Types that modules of the running kernel add to its own.</summary>
internal static class ModuleTypes
{
    private const string Directory = "/sys/kernel/btf";

    /// <summary>The modules that tell types.</summary>
    public static IEnumerable<string> Names()
    {
        if (!System.IO.Directory.Exists(Directory)) return [];
        return System.IO.Directory.EnumerateFiles(Directory).Select(f => Path.GetFileName(f)).Where(n => n != "vmlinux").Order(StringComparer.Ordinal);
    }

    /// <summary>The types of a module; null when it is not loaded or tells none.</summary>
    public static BtfSpec? Read(string module, BtfSpec kernel)
    {
        string path = Path.Combine(Directory, module);
        if (module.Contains('/', StringComparison.Ordinal) || !File.Exists(path)) return null;
        try
        {
            return BtfSpec.Read(File.ReadAllBytes(path), kernel, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidObjectException)
        {
            // It may go at any time; and the kernel's types may come from a file, of another build than the module's.
            return null;
        }
    }
}
