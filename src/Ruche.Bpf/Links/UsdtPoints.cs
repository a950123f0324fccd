// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Objects.Elf;

namespace Ruche.Bpf.Links;

/// <summary>Finds the static trace points that files and processes have.</summary>
public static class UsdtPoints
{
    /// <summary>Those of a file, in the order of their notes; none when it has none.</summary>
    /// <exception cref="BpfException">ENOENT: there is no such file; ENOEXEC: it is no program.</exception>
    public static IReadOnlyList<UsdtPoint> In(string path)
    {
        string operation = $"find static trace points of '{path}'";
        string found = UserFiles.Find(path, operation);
        return UserSymbols.Read(found, operation, elf => (UsdtPoint[])[.. elf.UsdtProbes().Select(p => Point(elf, found, p)).OfType<UsdtPoint>()]);
    }

    /// <summary>The files whose code a process runs, by paths that lead to them from here.</summary>
    /// <exception cref="BpfException">ESRCH: there is no such process.</exception>
    public static IReadOnlyList<string> FilesOf(int pid) =>
        [.. ProcessMappings.Files(pid, string.Create(CultureInfo.InvariantCulture, $"find static trace points of process {pid}")).Where(File.Exists)];

    /// <summary>Null for a note whose code the linker has thrown away.</summary>
    private static UsdtPoint? Point(ElfFile elf, string path, UsdtProbe probe)
    {
        if (!elf.TryGetFileOffset(probe.Address, out ulong offset)) return null;
        ulong counter = 0;
        if (probe.Semaphore != 0 && !elf.TryGetFileOffset(probe.Semaphore, out counter)) return null;
        return new(path, probe.Provider, probe.Name, offset, counter, probe.Decode(elf.Machine));
    }
}
