// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Samples;

/// <summary>Shows what programs send and receive through OpenSSL, before it is encrypted and after it is decrypted.</summary>
[BpfObject]
public static unsafe class OpenSslTrace
{
    /// <summary>Where threads wait to have something read to, by thread id.</summary>
    [BpfMap(MaxEntries = 10240)]
    private static readonly BpfLruHashMap<uint, ulong> Waiting = default;

    [BpfMap(MaxEntries = 1024 * 1024)]
    private static readonly BpfRingBuffer<PlainText> Events = default;

    [Uprobe("libssl.so.3", "SSL_write")]
    public static int OnWrite(void* connection, byte* text, int length)
    {
        Tell((ulong)text, length, TextDirection.Sent);
        return 0;
    }

    [Uprobe("libssl.so.3", "SSL_read")]
    public static int OnRead(void* connection, byte* text)
    {
        Waiting.Update((uint)Bpf.GetCurrentPidTgid(), (ulong)text);
        return 0;
    }

    [Uretprobe("libssl.so.3", "SSL_read")]
    public static int OnReadDone(int length)
    {
        uint thread = (uint)Bpf.GetCurrentPidTgid();
        ref ulong text = ref Waiting.Lookup(in thread);
        if (Bpf.IsNull(ref text)) return 0;
        Tell(text, length, TextDirection.Received);
        Waiting.Delete(in thread);
        return 0;
    }

    private static void Tell(ulong text, int length, TextDirection direction)
    {
        if (length <= 0) return;
        var room = Events.Reserve();
        if (room.IsNull) return;
        ref PlainText told = ref room.Record;
        told.Time = Bpf.KtimeGetNs();
        told.ProcessId = (uint)(Bpf.GetCurrentPidTgid() >> 32);
        told.Length = length;
        told.Direction = direction;
        Bpf.GetCurrentComm(out told.Command);
        Span<byte> start = told.Start.AsSpan();
        new UserPointer<byte>(text).Read(start[..(int)Math.Min((uint)length, (uint)start.Length)]);
        room.Submit();
    }
}

/// <summary>Which way a text goes.</summary>
public enum TextDirection
{
    Sent,
    Received,
}

/// <summary>What was sent or received in one call.</summary>
public struct PlainText
{
    public ulong Time;
    public uint ProcessId;

    /// <summary>How long all of it is.</summary>
    public int Length;

    public TextDirection Direction;
    public Text16 Command;

    /// <summary>The first bytes of it.</summary>
    public Text256 Start;

    private uint _unused;
}
