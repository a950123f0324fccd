// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Net.Sockets;

namespace Ruche.Symbols.Processes;

/// <summary>
/// Asks a running .NET process for the names of what it compiled. It listens for such commands at a socket in its folder for temporary files, in
/// the protocol of its diagnostics: a text that names the protocol, the length, the set and the number of the command, two bytes of zeros, and what
/// belongs to the command.
/// </summary>
internal static class DotnetProcess
{
    private const byte ProcessCommands = 4;
    private const byte EnablePerfMap = 5;
    private const uint PerfMapAlone = 3;
    private const byte ServerAnswers = 0xff;
    private const byte Done = 0;
    private const int HeaderSize = 20;
    private const int PatienceMilliseconds = 5000;

    private static ReadOnlySpan<byte> Magic => "DOTNET_IPC_V1\0"u8;

    /// <summary>Has a process write its perf map, what was compiled before included; false when it is no .NET process, or refuses.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="ownId">Its number as it knows it itself.</param>
    public static bool TryWritePerfMap(int id, int ownId)
    {
        try
        {
            string pattern = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"dotnet-diagnostic-{ownId}-*-socket");
            foreach (string path in Directory.EnumerateFiles($"/proc/{id}/root/tmp", pattern))
            {
                if (Ask(path)) return true;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException)
        {
            // It has exited, or is not ours to ask.
        }

        return false;
    }

    private static bool Ask(string path)
    {
        Span<byte> message = stackalloc byte[HeaderSize + sizeof(uint)];
        message.Clear();
        Magic.CopyTo(message);
        BinaryPrimitives.WriteUInt16LittleEndian(message[14..], (ushort)message.Length);
        (message[16], message[17]) = (ProcessCommands, EnablePerfMap);
        BinaryPrimitives.WriteUInt32LittleEndian(message[HeaderSize..], PerfMapAlone);

        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = PatienceMilliseconds, SendTimeout = PatienceMilliseconds };
        socket.Connect(new UnixDomainSocketEndPoint(path));
        socket.Send(message);
        Span<byte> answer = stackalloc byte[HeaderSize];
        int length = 0;
        while (length < answer.Length && socket.Receive(answer[length..]) is > 0 and var read) length += read;
        return length == HeaderSize && answer.StartsWith(Magic) && (answer[16], answer[17]) == (ServerAnswers, Done);
    }
}
