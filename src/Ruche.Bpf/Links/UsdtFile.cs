// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Elf;

namespace Ruche.Bpf.Links;

/// <summary>A file that carries a static trace point, and all places where it does.</summary>
internal sealed record UsdtFile(string Path, UsdtPlace[] Places)
{
    /// <summary>Finds a trace point in the file that is named, or in those a process has mapped.</summary>
    /// <exception cref="BpfException">ENOENT: no such file or trace point.</exception>
    public static UsdtFile Find(UsdtTarget target, int? pid, string operation)
    {
        if (target.Path.Length > 0)
        {
            string path = UserFiles.Find(target.Path, operation);
            return UserSymbols.Read(path, operation, elf => In(elf, path, target) ?? throw Missing(elf, target, operation));
        }

        if (pid is not { } process)
            throw new BpfException(operation, Errno.EINVAL, $"it names no file; write path:{target.Provider}:{target.Name}, or give a process");
        foreach (string path in ProcessMappings.Files(process, operation))
        {
            if (!File.Exists(path)) continue;
            if (UserSymbols.Read(path, operation, elf => In(elf, path, target)) is { } found) return found;
        }

        throw new BpfException(operation, Errno.ENOENT, $"neither the program of process {process} nor its libraries have that trace point");
    }

    private static UsdtFile? In(ElfFile elf, string path, UsdtTarget target)
    {
        UsdtPlace[] places =
        [
            .. elf.UsdtProbes().Where(p => p.Provider == target.Provider && p.Name == target.Name).Select(p => Place(elf, p)).OfType<UsdtPlace>(),
        ];
        return places.Length == 0 ? null : new(path, places);
    }

    /// <summary>Null for a note whose code the linker has thrown away.</summary>
    private static UsdtPlace? Place(ElfFile elf, UsdtProbe probe)
    {
        if (!elf.TryGetFileOffset(probe.Address, out ulong offset)) return null;
        ulong counter = 0;
        if (probe.Semaphore != 0 && !elf.TryGetFileOffset(probe.Semaphore, out counter)) return null;
        return new(offset, counter, elf.Type is ElfType.Executable ? probe.Address : 0, probe.Arguments, probe.Decode(elf.Machine));
    }

    private static BpfException Missing(ElfFile elf, UsdtTarget target, string operation)
    {
        string[] names = [.. elf.UsdtProbes().Select(p => $"{p.Provider}:{p.Name}").Distinct()];
        string wanted = $"{target.Provider}:{target.Name}";
        string hint = names.Length == 0 ? $"'{elf.Name}' carries no static trace points" : $"'{elf.Name}' has no static trace point '{wanted}'";
        return new(operation, Errno.ENOENT, NearestNames.Question(wanted, names) is { } question ? $"{hint}; {question}" : hint);
    }
}
