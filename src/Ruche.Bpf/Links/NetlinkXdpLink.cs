// SPDX-License-Identifier: MIT
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Links;

/// <summary>
/// An XDP program set over netlink. The socket is kept because it belongs to the network namespace the interface is in, and a
/// descriptor of the program so that only our own program is removed.
/// </summary>
internal sealed class NetlinkXdpLink : BpfLink
{
    private readonly NetlinkSocket _socket;
    private readonly NetworkInterface _interface;
    private readonly uint _flags;
    private Kernel.BpfFd _program;

    public NetlinkXdpLink(NetlinkSocket socket, NetworkInterface networkInterface, BpfProgram program, uint flags)
        : base(AttachKind.Xdp, program.Name, networkInterface.Name)
    {
        _socket = socket;
        _interface = networkInterface;
        _flags = flags;
        _program = program.Fd.Duplicate();
    }

    public override string Mechanism => "netlink";

    public override bool EndsWithProcess => false;

    public override void Replace(BpfProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        lock (Gate)
        {
            XdpNetlink.Set(_socket, _interface.Index, program.Fd.Value, _flags | XdpNetlink.Replace, _program.Value)
                .ThrowIfFailed($"replace '{Program}' on XDP of {_interface.Name} by '{program.Name}'");
            _program.Dispose();
            _program = program.Fd.Duplicate();
        }
    }

    private protected override void Release(bool keepPinned)
    {
        // Fails when the interface is gone or another program has taken our place; both leave nothing of ours behind.
        _ = XdpNetlink.Set(_socket, _interface.Index, -1, _flags | XdpNetlink.Replace, _program.Value);
        _program.Dispose();
        _socket.Dispose();
    }
}
