// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Contexts;

/// <summary>Which bytes may be accessed behind the pointers to sockets and to a flow dissector's keys.</summary>
public static class SocketRules
{
    private const int FlowKeysBytes = 56;

    /// <summary>Decides about an access to a structure of the newest kernel that is known.</summary>
    public static ContextAnswer Check(ValueKind kind, int offset, int size, bool isWrite) =>
        Check(kind, offset, size, isWrite, new KernelRelease(int.MaxValue - 1, 0));

    /// <summary>Decides about an access.</summary>
    /// <exception cref="UnreachableException"><paramref name="kind"/> is neither a socket nor <see cref="ValueKind.FlowKeys"/>.</exception>
    public static ContextAnswer Check(ValueKind kind, int offset, int size, bool isWrite, KernelRelease kernel)
    {
        if (kind is ValueKind.FlowKeys) return CheckFlowKeys(offset, size);

        ContextTable table = TableOf(kind);
        if (isWrite) return ContextAnswer.Refused($"{table.Name} can only be read");
        return table.Check(new ContextRequest(ProgramType.Unspec, null, offset, size, IsWrite: false, kernel));
    }

    /// <summary>The table of what a pointer points to.</summary>
    internal static ContextTable TableOf(ValueKind kind) => kind switch
    {
        ValueKind.Socket => SocketFields.Full,
        ValueKind.SocketCommon => SocketFields.Common,
        ValueKind.TcpSocket => SocketFields.Tcp,
        ValueKind.XdpSocket => SocketFields.Xdp,
        _ => throw new UnreachableException($"{kind} is no socket"),
    };

    /// <summary>The keys are plain memory, read and written in any way; only their end counts.</summary>
    private static ContextAnswer CheckFlowKeys(int offset, int size) => offset >= 0 && offset + size <= FlowKeysBytes
        ? ContextAnswer.Number("flow_keys")
        : ContextAnswer.Refused($"struct bpf_flow_keys has {FlowKeysBytes} bytes, and this access covers {offset} to {offset + size - 1}");
}
