// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Links;

/// <summary>Reads what an iterator program writes.</summary>
internal sealed unsafe class IteratorStream(BpfFd fd, string program) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        while (true)
        {
            nint count;
            // SAFETY: the kernel writes at most the buffer's length into the pinned buffer.
            fixed (byte* target = buffer) count = Libc.Read(fd.Value, target, buffer.Length);
            if (count >= 0) return (int)count;
            Errno errno = Failure.LastErrno;
            if (errno is not (Errno.EINTR or Errno.EAGAIN)) throw Failure.Of($"read iterator '{program}'", errno);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) fd.Dispose();
        base.Dispose(disposing);
    }
}
