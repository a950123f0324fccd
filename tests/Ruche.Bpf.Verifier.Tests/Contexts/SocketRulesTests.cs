// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Verifier.Contexts;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Tests.Contexts;

public sealed class SocketRulesTests
{
    [Theory]
    [InlineData(ValueKind.Socket, 16, 4, false, "mark", true)]
    [InlineData(ValueKind.Socket, 16, 4, true, null, false)]
    [InlineData(ValueKind.Socket, 16, 2, false, "mark", false)]
    [InlineData(ValueKind.SocketCommon, 16, 4, false, null, false)]
    [InlineData(ValueKind.SocketCommon, 72, 1, false, "state", true)]
    [InlineData(ValueKind.Socket, 48, 2, false, "dst_port", true)]
    [InlineData(ValueKind.Socket, 50, 2, false, null, false)]
    [InlineData(ValueKind.TcpSocket, 80, 8, false, "bytes_received", true)]
    [InlineData(ValueKind.TcpSocket, 80, 4, false, "bytes_received", false)]
    [InlineData(ValueKind.XdpSocket, 0, 4, false, "queue_id", true)]
    [InlineData(ValueKind.XdpSocket, 0, 2, false, "queue_id", false)]
    [InlineData(ValueKind.XdpSocket, 4, 4, false, null, false)]
    public void Sockets_are_read_field_by_field(ValueKind kind, int offset, int size, bool isWrite, string? field, bool isAllowed)
    {
        ContextAnswer answer = SocketRules.Check(kind, offset, size, isWrite);

        Assert.Equal(isAllowed, answer.IsAllowed);
        Assert.Equal(field, answer.Field);
    }

    [Theory]
    [InlineData(0, 8, true)]
    [InlineData(1, 4, true)]
    [InlineData(52, 4, true)]
    [InlineData(53, 4, false)]
    [InlineData(-1, 1, false)]
    public void The_keys_of_a_flow_are_read_and_written_up_to_their_end(int offset, int size, bool isAllowed)
    {
        Assert.Equal(isAllowed, SocketRules.Check(ValueKind.FlowKeys, offset, size, isWrite: false).IsAllowed);
        Assert.Equal(isAllowed, SocketRules.Check(ValueKind.FlowKeys, offset, size, isWrite: true).IsAllowed);
    }

    [Fact]
    public void What_is_no_socket_is_not_asked_about() =>
        Assert.Throws<UnreachableException>(() => SocketRules.Check(ValueKind.Packet, 0, 4, isWrite: false));
}
