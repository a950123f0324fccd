// SPDX-License-Identifier: MIT
using System.Net.Sockets;

namespace Ruche.Bpf.Tests.Networking;

internal static class SocketReading
{
    /// <summary>Receives until the buffer is full; a socket that stays silent fails the test.</summary>
    public static void ReceiveExactly(this Socket socket, Span<byte> buffer)
    {
        const int Patience = 5000;
        socket.ReceiveTimeout = Patience;
        while (buffer.Length > 0)
        {
            int count = socket.Receive(buffer);
            Assert.True(count > 0, "the other end has closed");
            buffer = buffer[count..];
        }
    }
}
