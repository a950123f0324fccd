// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Netlink;

/// <summary>A route netlink socket: sends one request at a time and hands over what comes back. Not thread-safe.</summary>
internal sealed unsafe class NetlinkSocket : IDisposable
{
    private const ushort ErrorMessage = 2;
    private const ushort DoneMessage = 3;
    private const ushort AckTlvs = 0x200;
    private const ushort AckCapped = 0x100;

    private readonly BpfFd _socket;
    private readonly byte[] _buffer = new byte[32 * 1024];
    private uint _sequence;

    public NetlinkSocket()
    {
        int fd = Libc.Socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, Libc.NETLINK_ROUTE);
        if (fd < 0) throw Failure.Last("open a netlink socket");
        _socket = new BpfFd(fd);
        int on = 1;
        // SAFETY: the option's value lives on this stack frame during the calls. Both are refinements; old kernels may refuse them.
        _ = Libc.SetSocketOption(fd, Libc.SOL_NETLINK, Libc.NETLINK_EXT_ACK, &on, sizeof(int));
        _ = Libc.SetSocketOption(fd, Libc.SOL_NETLINK, Libc.NETLINK_CAP_ACK, &on, sizeof(int));
    }

    /// <summary>Receives the type and the body (after the message header) of each answer.</summary>
    public delegate void Answer(ushort type, ReadOnlySpan<byte> body);

    /// <summary>Sends a request and waits for its acknowledgement, or for the end of the dump it asked for.</summary>
    public NetlinkResult Request(ref NetlinkWriter request, Answer? answer = null)
    {
        var message = request.Finish(++_sequence);
        bool isDump = (BinaryPrimitives.ReadUInt16LittleEndian(message[6..]) & (ushort)NetlinkFlags.Dump) == (ushort)NetlinkFlags.Dump
            && answer is not null;
        if (!TrySend(message, out var errno)) return new(errno, "");

        while (true)
        {
            if (!TryReceive(out int length, out errno)) return new(errno, "");
            if (Walk(_buffer.AsSpan(0, length), isDump, answer) is { } result) return result;
        }
    }

    public void Dispose() => _socket.Dispose();

    private bool TrySend(ReadOnlySpan<byte> message, out Errno errno)
    {
        // SAFETY: the pinned message outlives the call, and the length is its own.
        fixed (byte* data = message)
        {
            while (Libc.Send(_socket.Value, data, (nuint)message.Length, 0) < 0)
            {
                errno = Failure.LastErrno;
                if (errno is not Errno.EINTR) return false;
            }
        }

        errno = Errno.None;
        return true;
    }

    private bool TryReceive(out int length, out Errno errno)
    {
        // SAFETY: the kernel writes at most the buffer's length into the pinned buffer.
        fixed (byte* data = _buffer)
        {
            nint received;
            while ((received = Libc.Receive(_socket.Value, data, (nuint)_buffer.Length, 0)) < 0)
            {
                errno = Failure.LastErrno;
                length = 0;
                if (errno is not Errno.EINTR) return false;
            }

            length = (int)received;
        }

        errno = Errno.None;
        return true;
    }

    private NetlinkResult? Walk(ReadOnlySpan<byte> rest, bool isDump, Answer? answer)
    {
        while (rest.Length >= NetlinkWriter.HeaderSize)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(rest);
            if (length < NetlinkWriter.HeaderSize || length > rest.Length) break;
            ushort type = BinaryPrimitives.ReadUInt16LittleEndian(rest[4..]);
            ushort flags = BinaryPrimitives.ReadUInt16LittleEndian(rest[6..]);
            bool isOurs = BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]) == _sequence;
            var body = rest[NetlinkWriter.HeaderSize..length];
            rest = rest[Math.Min((length + 3) & ~3, rest.Length)..];
            if (!isOurs) continue;
            if (type == ErrorMessage) return ReadError(body, flags);
            if (type == DoneMessage && isDump) return new(Errno.None, "");
            answer?.Invoke(type, body);
        }

        return null;
    }

    private static NetlinkResult ReadError(ReadOnlySpan<byte> body, ushort flags)
    {
        if (body.Length < 4) return new(Errno.EPROTO, "");
        var errno = (Errno)(-BinaryPrimitives.ReadInt32LittleEndian(body));
        if ((flags & AckTlvs) == 0 || body.Length < 4 + NetlinkWriter.HeaderSize) return new(errno, "");

        // The request follows the error number: its header alone when capped, all of it otherwise; then come the attributes.
        int echoed = (flags & AckCapped) != 0 ? NetlinkWriter.HeaderSize : (BinaryPrimitives.ReadInt32LittleEndian(body[4..]) + 3) & ~3;
        if (echoed < 0 || 4 + echoed > body.Length) return new(errno, "");
        NetlinkAttributes attributes = new(body[(4 + echoed)..]);
        while (attributes.Next())
        {
            if (attributes.Type == 1) return new(errno, attributes.Text);
        }

        return new(errno, "");
    }
}
