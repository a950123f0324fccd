// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Ruche.Bpf.Kernel;

/// <summary>Which file a path leads to, by numbers.</summary>
/// <param name="Major">The first number of its device.</param>
/// <param name="Minor">The second one.</param>
/// <param name="Inode">Its number on the device.</param>
internal readonly record struct FilePlace(uint Major, uint Minor, ulong Inode)
{
    /// <summary>Null when there is no file.</summary>
    public static unsafe FilePlace? Of(string path)
    {
        const int CurrentDirectory = -100;
        const uint InodeNumber = 0x100;
        const int Size = 256, InodeOffset = 32, MajorOffset = 136, MinorOffset = 140;
        byte* buffer = stackalloc byte[Size];
        // SAFETY: struct statx has 256 bytes.
        if (Libc.Statx(CurrentDirectory, path, 0, InodeNumber, buffer) != 0) return null;
        ReadOnlySpan<byte> found = new(buffer, Size);
        return new(
            BinaryPrimitives.ReadUInt32LittleEndian(found[MajorOffset..]), BinaryPrimitives.ReadUInt32LittleEndian(found[MinorOffset..]), BinaryPrimitives.ReadUInt64LittleEndian(found[InodeOffset..]));
    }
}
