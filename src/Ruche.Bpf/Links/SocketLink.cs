// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Links;

/// <summary>A filter on one socket, or the choice among a group that shares its port; it ends with the socket, or with the group.</summary>
internal sealed unsafe class SocketLink : BpfLink
{
    private const int SolSocket = 1;
    private const int AttachBpf = 50;
    private const int DetachFilter = 27;
    private const int AttachReuseport = 52;
    private const int DetachReuseport = 68;

    private readonly Socket _socket;
    private readonly bool _isGroup;

    public SocketLink(BpfProgram program, Socket socket)
        : base(AttachKind.Socket, program.Name, $"socket {socket.LocalEndPoint?.ToString() ?? "(unbound)"}")
    {
        _socket = socket;
        _isGroup = program.Type is ProgramType.SkReuseport;
        if (Set(_isGroup ? AttachReuseport : AttachBpf, program.Fd.Value) is var errno && errno is not Errno.None)
            throw new BpfException($"attach '{program.Name}' to {Target}", errno, Hint(errno));
        GC.KeepAlive(program);
    }

    public override string Mechanism => "socket option";

    private protected override void Release(bool keepPinned)
    {
        if (!_socket.SafeHandle.IsClosed) _ = Set(_isGroup ? DetachReuseport : DetachFilter, 0);
    }

    private string? Hint(Errno errno) => errno switch
    {
        Errno.EINVAL when _isGroup => "the socket must have SO_REUSEPORT set before it is bound",
        Errno.EPERM => "the socket's filter is locked",
        _ => Hints.For(errno),
    };

    private Errno Set(int option, int value)
    {
        using HeldSocket held = new(_socket);
        // SAFETY: the value lives on this stack frame, and the handle is held open, during the call.
        return Libc.SetSocketOption(held.Fd, SolSocket, option, &value, sizeof(int)) == 0 ? Errno.None : Failure.LastErrno;
    }
}
