// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Links;

/// <summary>A filter on one socket; it ends with the socket.</summary>
internal sealed unsafe class SocketLink : BpfLink
{
    private const int SolSocket = 1;
    private const int AttachBpf = 50;
    private const int DetachFilter = 27;

    private readonly Socket _socket;

    public SocketLink(BpfProgram program, Socket socket)
        : base(AttachKind.Socket, program.Name, $"socket {socket.LocalEndPoint?.ToString() ?? "(unbound)"}")
    {
        _socket = socket;
        if (Set(AttachBpf, program.Fd.Value) is var errno && errno is not Errno.None)
            throw Failure.Of($"attach '{program.Name}' to {Target}", errno);
        GC.KeepAlive(program);
    }

    public override string Mechanism => "socket option";

    private protected override void Release(bool keepPinned)
    {
        if (!_socket.SafeHandle.IsClosed) _ = Set(DetachFilter, 0);
    }

    private Errno Set(int option, int value)
    {
        bool isHeld = false;
        try
        {
            _socket.SafeHandle.DangerousAddRef(ref isHeld);
            // SAFETY: the value lives on this stack frame, and the handle is held open, during the call.
            return Libc.SetSocketOption((int)_socket.SafeHandle.DangerousGetHandle(), SolSocket, option, &value, sizeof(int)) == 0
                ? Errno.None
                : Failure.LastErrno;
        }
        finally
        {
            if (isHeld) _socket.SafeHandle.DangerousRelease();
        }
    }
}
