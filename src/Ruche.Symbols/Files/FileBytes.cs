// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Ruche.Bpf.Objects.Images;

namespace Ruche.Symbols.Files;

/// <summary>Parts of a file, read when asked for. The file is not mapped: one that is cut short while it is read must not end the process.</summary>
internal sealed class FileBytes(SafeFileHandle file, long length, int longestPart) : ImageBytes
{
    public override long Length => length;

    public override ReadOnlyMemory<byte> Part(long offset, int length)
    {
        // A sparse file may promise more than there is memory.
        if (length > longestPart) throw new IOException($"a part of {length} bytes is longer than the {longestPart} that are read");
        byte[] part = GC.AllocateUninitializedArray<byte>(length);
        int done = 0;
        while (done < length)
        {
            int read = RandomAccess.Read(file, part.AsSpan(done), offset + done);
            if (read == 0) throw new EndOfStreamException("the file became shorter while it was read");
            done += read;
        }

        return part;
    }
}
