// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>
/// Leaves it to the kernel to close descriptors, after this is disposed. They lie in the queue of a socket that nobody but its own queue
/// holds; the kernel collects such sockets in the background.
/// </summary>
internal sealed unsafe class LateClosing : IDisposable
{
    private readonly BpfFd? _sender;
    private readonly BpfFd? _receiver;

    public LateClosing()
    {
        int* pair = stackalloc int[2];
        if (Libc.SocketPair(Libc.AF_UNIX, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC, 0, pair) != 0) return;
        _sender = new(pair[0]);
        _receiver = new(pair[1]);
    }

    /// <summary>Keeps what a descriptor stands for open until the kernel closes it. Where that cannot be had, closing it waits.</summary>
    public void Add(BpfFd fd)
    {
        if (_sender is null || _receiver is null) return;
        byte content = 0;
        Libc.IoVector vector = new() { Base = &content, Length = 1 };
        Libc.ControlOfTwo control = new() { Length = 16 + (2 * sizeof(int)), Level = Libc.SOL_SOCKET, Type = Libc.SCM_RIGHTS, First = fd.Value, Second = _receiver.Value };
        Libc.MessageHeader message = new() { Vectors = &vector, VectorCount = 1, Control = &control, ControlLength = (nuint)sizeof(Libc.ControlOfTwo) };
        _ = Libc.SendMessage(_sender.Value, &message, Libc.MSG_DONTWAIT);
        GC.KeepAlive(fd);
    }

    public void Dispose()
    {
        _sender?.Dispose();
        _receiver?.Dispose();
    }
}
