// SPDX-License-Identifier: MIT
using System.IO.Enumeration;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Elf;

namespace Ruche.Bpf.Links;

/// <summary>The functions of 64-bit ELF files, and where in the files they are.</summary>
public static class UserSymbols
{
    /// <summary>The names of all functions that a file defines, each once, in the order of their characters.</summary>
    /// <exception cref="BpfException">ENOENT: no such file; ENOEXEC: it is no 64-bit ELF file.</exception>
    public static IReadOnlyCollection<string> FunctionsOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Read(path, $"list the functions of '{path}'", elf =>
        {
            SortedSet<string> names = new(StringComparer.Ordinal);
            foreach (var symbol in elf.Symbols.Concat(elf.DynamicSymbols))
            {
                // A version may follow the name.
                if (IsFunction(symbol) && symbol.Name.Split('@')[0] is { Length: > 0 } name) names.Add(name);
            }

            return names;
        });
    }

    /// <summary>Where in a file a place is that <see cref="UserTarget"/> describes: what a uprobe is attached to.</summary>
    /// <exception cref="BpfException">ENOENT: no such file or function, the hint names similar ones; EINVAL: it is not in a mapped part.</exception>
    public static ulong OffsetOf(UserTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return OffsetOf(target.Path, target, $"find {target}");
    }

    /// <summary>Where in a file an address is to which it would be mapped; null when it would be to none.</summary>
    /// <exception cref="BpfException">ENOENT: no such file; ENOEXEC: it is no 64-bit ELF file.</exception>
    public static ulong? OffsetOf(string path, ulong address)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Read(path, $"find an address of '{path}'", elf => elf.TryGetFileOffset(address, out ulong offset) ? offset : (ulong?)null);
    }

    /// <summary>A variable of a file, or anything else that its symbols name; null when there is none of that name.</summary>
    /// <exception cref="BpfException">ENOENT: no such file; ENOEXEC: it is no 64-bit ELF file.</exception>
    public static UserVariable? VariableOf(string path, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Read(path, $"find '{name}' in '{path}'", elf => elf.Symbols.Concat(elf.DynamicSymbols).FirstOrDefault(s => !s.IsUndefined && s.Name.Split('@')[0] == name) is { } symbol
            ? new UserVariable(symbol.Value, symbol.Size, elf.Type is ElfType.Executable)
            : null);
    }

    /// <summary>The address to which a place in a file would be mapped; null when it would be to none.</summary>
    /// <exception cref="BpfException">ENOENT: no such file; ENOEXEC: it is no 64-bit ELF file.</exception>
    public static ulong? AddressOf(string path, ulong offset)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Read(path, $"find a place in '{path}'", elf => elf.Segments.FirstOrDefault(s => s.IsCode && offset >= s.Offset && offset - s.Offset < s.FileSize) is { } segment
            ? offset - segment.Offset + segment.Address
            : (ulong?)null);
    }

    /// <summary>The offset in the file of a place.</summary>
    /// <exception cref="BpfException">ENOENT: no such function; EINVAL: the file is no ELF file, or the place is not in it.</exception>
    internal static ulong OffsetOf(string path, UserTarget target, string operation)
    {
        if (target.Symbol.Length == 0) return target.Offset;
        return Read(path, operation, elf =>
        {
            if (!elf.TryFindSymbol(target.Symbol, out var symbol)) throw Missing(elf, target.Symbol, operation);
            return FileOffset(elf, symbol, operation) + target.Offset;
        });
    }

    /// <summary>The offsets in the file of all functions whose names match a pattern with <c>*</c> and <c>?</c>.</summary>
    /// <exception cref="BpfException">ENOENT: nothing matches.</exception>
    internal static ulong[] OffsetsOf(string path, string pattern, string operation) => Read(path, operation, elf =>
    {
        HashSet<ulong> offsets = [];
        foreach (var symbol in elf.Symbols.Concat(elf.DynamicSymbols))
        {
            if (!IsFunction(symbol) || !FileSystemName.MatchesSimpleExpression(pattern, symbol.Name, ignoreCase: false)) continue;
            if (elf.TryGetFileOffset(symbol.Value, out ulong offset)) offsets.Add(offset);
        }

        if (offsets.Count == 0) throw new BpfException(operation, Errno.ENOENT, $"no function of '{path}' matches '{pattern}'");
        ulong[] sorted = [.. offsets];
        Array.Sort(sorted);
        return sorted;
    });

    /// <summary>Reads a file for as long as it is used.</summary>
    /// <exception cref="BpfException">ENOENT: no such file; ENOEXEC: it is no ELF file.</exception>
    internal static T Read<T>(string path, string operation, Func<ElfFile, T> use)
    {
        var image = MappedFile.Open(path, out var owner);
        try
        {
            if (IsNarrow(image.Span))
                throw new BpfException(operation, Errno.ENOEXEC, $"'{path}' is a 32-bit file, and only 64-bit ones are read; give an offset: {path}:0x1234");
            return use(ElfFile.Read(image, path));
        }
        catch (InvalidObjectException e)
        {
            throw new BpfException(operation, Errno.ENOEXEC, e.Message);
        }
        finally
        {
            owner?.Dispose();
        }
    }

    private static bool IsNarrow(ReadOnlySpan<byte> image)
    {
        ReadOnlySpan<byte> narrow = [0x7f, (byte)'E', (byte)'L', (byte)'F', 1];
        return image.StartsWith(narrow);
    }

    private static ulong FileOffset(ElfFile elf, ElfSymbol symbol, string operation) => elf.TryGetFileOffset(symbol.Value, out ulong offset)
        ? offset
        : throw new BpfException(operation, Errno.EINVAL, $"'{symbol.Name}' is not in a mapped part of '{elf.Name}'");

    private static bool IsFunction(ElfSymbol symbol) =>
        !symbol.IsUndefined && symbol.Type is ElfSymbolType.Function or ElfSymbolType.IndirectFunction;

    private static BpfException Missing(ElfFile elf, string symbol, string operation)
    {
        var names = elf.Symbols.Concat(elf.DynamicSymbols).Where(IsFunction).Select(s => s.Name).ToList();
        string hint = names.Count == 0
            ? $"'{elf.Name}' has no function symbols (it is stripped); give an offset: path:0x1234"
            : $"'{elf.Name}' has no function '{symbol}'";
        return new(operation, Errno.ENOENT, NearestNames.Question(symbol, names) is { } question ? $"{hint}; {question}" : hint);
    }
}
