// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ruche.Trace.Tests.Running;

internal sealed partial class Activities
{
    // Below what the kernel hands out by itself.
    private const int Port = 21234;
    private const int NobodysPort = 21235;

    private static void Connect()
    {
        Connect(IPAddress.Loopback);
        Connect(IPAddress.IPv6Loopback);
    }

    // 5,000 bytes there, 2,000 back; the client closes first.
    private static void Connect(IPAddress address)
    {
        using Socket listener = Listen(address, backlog: 1), client = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(address, Port);
        using (Socket server = listener.Accept())
        {
            client.Send(new byte[5000]);
            Receive(server, 5000);
            server.Send(new byte[2000]);
            Receive(client, 2000);
            client.Close();
            Assert.Equal(0, server.Receive(new byte[1]));
        }

        listener.Close();
        SpinWait.SpinUntil(() => !HasSockets());
    }

    private static void Receive(Socket socket, int count)
    {
        byte[] bytes = new byte[count];
        while (count > 0) count -= socket.Receive(bytes, count, SocketFlags.None);
    }

    // Of sockets that only wait for late segments (06) nothing more is told.
    private static bool HasSockets() => File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6"))
        .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Any(w => (w[1].EndsWith($":{Port:X4}", StringComparison.Ordinal) || w[2].EndsWith($":{Port:X4}", StringComparison.Ordinal)) && w[3] != "06");

    private static Socket Listen(IPAddress address, int backlog)
    {
        Socket listener = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(address, Port));
        listener.Listen(backlog);
        return listener;
    }

    private static void ConnectToNobody()
    {
        foreach (IPAddress address in (IPAddress[])[IPAddress.Loopback, IPAddress.IPv6Loopback])
        {
            using Socket client = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            Assert.Equal(SocketError.ConnectionRefused, Assert.Throws<SocketException>(() => client.Connect(address, NobodysPort)).SocketErrorCode);
        }
    }

    // A queue of none takes one; who comes next is not answered, and asks once more before it gives up.
    private static void ConnectToFullQueue()
    {
        const int Tcp = 6, TimesToAskAgain = 7;
        using Socket listener = Listen(IPAddress.Loopback, backlog: 0), first = new(SocketType.Stream, ProtocolType.Tcp), second = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        first.Connect(IPAddress.Loopback, Port);
        second.SetRawSocketOption(Tcp, TimesToAskAgain, BitConverter.GetBytes(1));
        Assert.Equal(SocketError.TimedOut, Assert.Throws<SocketException>(() => second.Connect(IPAddress.Loopback, Port)).SocketErrorCode);
    }

    private static void ConnectDatagrams()
    {
        foreach (IPAddress address in (IPAddress[])[IPAddress.Loopback, IPAddress.IPv6Loopback])
        {
            using Socket socket = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(address, Port);
        }
    }

    // Whether there is such a name does not matter.
    private static void LookUp()
    {
        try
        {
            Dns.GetHostAddresses("localhost");
        }
        catch (SocketException)
        {
        }
    }

    private static void TalkInSecret()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=ruche", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        using Socket listener = Listen(IPAddress.Loopback, backlog: 1), client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(IPAddress.Loopback, Port);
        using SslStream there = new(new NetworkStream(listener.Accept(), ownsSocket: true)), here = new(new NetworkStream(client));
        var answer = there.AuthenticateAsServerAsync(certificate);
        here.AuthenticateAsClient(new SslClientAuthenticationOptions { TargetHost = "ruche", RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(certificate.RawData) });
        answer.GetAwaiter().GetResult();
        here.Write(new byte[100]);
        there.ReadExactly(new byte[100]);
    }

    // A message of one byte, with one descriptor behind a head that says what it is: level SOL_SOCKET, kind SCM_RIGHTS.
    private static void HandOver()
    {
        int[] pair = new int[2];
        Assert.Equal(0, CreatePair(1, 1, 0, pair));
        using (FileStream file = File.OpenRead("/proc/self/status"))
        {
            nint memory = Marshal.AllocHGlobal(128);
            nint control = memory + 64, part = memory + 96, data = memory + 120;
            Marshal.Copy(new byte[128], 0, memory, 128);
            Marshal.WriteInt64(memory, 16, part);
            Marshal.WriteInt64(memory, 24, 1);
            Marshal.WriteInt64(memory, 32, control);
            Marshal.WriteInt64(memory, 40, 24);
            Marshal.WriteInt64(part, data);
            Marshal.WriteInt64(part, 8, 1);
            Marshal.WriteInt64(control, 20);
            Marshal.WriteInt32(control, 8, 1);
            Marshal.WriteInt32(control, 12, 1);
            Marshal.WriteInt32(control, 16, (int)file.SafeFileHandle.DangerousGetHandle());
            Assert.Equal(1, SendMessage(pair[0], memory, 0));
            Assert.Equal(1, ReceiveMessage(pair[1], memory, 0));
            Assert.Equal(0, Close(Marshal.ReadInt32(control, 16)));
            Marshal.FreeHGlobal(memory);
        }

        Assert.Equal(0, Close(pair[0]));
        Assert.Equal(0, Close(pair[1]));
    }

    [DllImport("libc", EntryPoint = "socketpair")]
    private static extern int CreatePair(int family, int kind, int protocol, int[] pair);

    [DllImport("libc", EntryPoint = "sendmsg")]
    private static extern nint SendMessage(int socket, nint message, int flags);

    [DllImport("libc", EntryPoint = "recvmsg")]
    private static extern nint ReceiveMessage(int socket, nint message, int flags);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
