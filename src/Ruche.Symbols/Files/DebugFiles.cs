// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Ruche.Bpf.Objects;
using Ruche.Bpf.Objects.Elf;

namespace Ruche.Symbols.Files;

/// <summary>Finds the file that a stripped file's symbols were moved to, in the directories that gdb looks in too.</summary>
internal sealed class DebugFiles(IReadOnlyList<string> directories, int longestPart)
{
    /// <summary>Calls back with the symbols of the first file that belongs to the given one.</summary>
    /// <param name="file">The stripped file.</param>
    /// <param name="path">Its path, as a process sees it that has mapped it.</param>
    /// <param name="roots">Where that process's files are, by what may be put before a path.</param>
    /// <param name="use">What to do with the debug file, while it is open.</param>
    public bool TryUse(ElfFile file, string path, IReadOnlyList<string> roots, Action<ElfFile> use)
    {
        byte[] buildId = file.BuildId.ToArray();
        var link = Link(file);
        foreach (string candidate in Candidates(buildId, link?.Name, path))
        {
            foreach (string root in roots)
            {
                if (TryUse(root + candidate, buildId, link?.Sum, use)) return true;
            }
        }

        return false;
    }

    private static (string Name, uint Sum)? Link(ElfFile file)
    {
        if (file.Section(".gnu_debuglink") is not { } section) return null;
        var contents = file.Contents(section).Span;
        int end = contents.IndexOf((byte)0);
        if (end < 1 || contents.Length < 8) return null;
        string name = System.Text.Encoding.UTF8.GetString(contents[..end]);
        var sum = contents[^4..];
        return (name, file.ByteOrder is ByteOrder.Little ? BinaryPrimitives.ReadUInt32LittleEndian(sum) : BinaryPrimitives.ReadUInt32BigEndian(sum));
    }

    private IEnumerable<string> Candidates(byte[] buildId, string? linked, string path)
    {
        string id = Convert.ToHexStringLower(buildId);
        if (id.Length > 2)
        {
            foreach (string directory in directories) yield return $"{directory}/.build-id/{id[..2]}/{id[2..]}.debug";
        }

        // The name comes from the file: it must not lead elsewhere.
        if (linked is null || linked.Contains('/', StringComparison.Ordinal)) yield break;
        string home = Path.GetDirectoryName(path) ?? "/";
        yield return Path.Combine(home, ".debug", linked);
        if (linked != Path.GetFileName(path)) yield return Path.Combine(home, linked);
        foreach (string directory in directories) yield return $"{directory}{home}/{linked}";
    }

    private bool TryUse(string path, byte[] buildId, uint? sum, Action<ElfFile> use)
    {
        using var handle = RegularFile.TryOpen(path);
        if (handle is null) return false;
        var debug = ElfFile.Read(new FileBytes(handle, RandomAccess.GetLength(handle), longestPart), path);
        var id = debug.BuildId.Span;
        bool belongs = buildId.Length > 0 && id.Length > 0 ? id.SequenceEqual(buildId) : sum is { } expected && SumOf(handle) == expected;
        if (belongs) use(debug);
        return belongs;
    }

    private static uint SumOf(SafeFileHandle file)
    {
        byte[] buffer = new byte[1 << 16];
        uint sum = 0;
        long position = 0;
        while (RandomAccess.Read(file, buffer, position) is var read and > 0)
        {
            sum = Crc32.Update(sum, buffer.AsSpan(0, read));
            position += read;
        }

        return sum;
    }
}
