// SPDX-License-Identifier: MIT
using System.Buffers;

namespace Ruche.Bpf.Kernel;

/// <summary>A file's bytes, mapped read-only where the file can be, read otherwise. Memory taken from it ends with it.</summary>
internal sealed unsafe class MappedFile : MemoryManager<byte>
{
    private const int MapPrivate = 2;

    private readonly nint _address;
    private readonly int _length;

    private MappedFile(nint address, int length) => (_address, _length) = (address, length);

    /// <summary>The bytes of a file. <paramref name="owner"/> must outlive them; null when they are ordinary memory.</summary>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static ReadOnlyMemory<byte> Open(string path, out IDisposable? owner)
    {
        int fd = Libc.Open(path, Libc.O_RDONLY | Libc.O_CLOEXEC);
        if (fd < 0) throw Failure.Last($"open '{path}'");
        using (BpfFd file = new(fd))
        {
            // Where a seek to the end says nothing, as in procfs, the file is read.
            long length = Libc.Seek(fd, 0, Libc.SEEK_END);
            if (length is > 0 and <= int.MaxValue)
            {
                nint address = Libc.MemoryMap(0, (nuint)length, Libc.PROT_READ, MapPrivate, fd, 0);
                if (address != -1)
                {
                    MappedFile mapped = new(address, (int)length);
                    owner = mapped;
                    return mapped.Memory;
                }
            }
        }

        owner = null;
        return File.ReadAllBytes(path);
    }

    // SAFETY: the range is mapped readable from the constructor until Dispose.
    public override Span<byte> GetSpan() => new((void*)_address, _length);

    public override MemoryHandle Pin(int elementIndex = 0) => new((byte*)_address + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing) => _ = Libc.MemoryUnmap(_address, (nuint)_length);
}
