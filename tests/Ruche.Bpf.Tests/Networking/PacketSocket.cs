// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Tests.Networking;

/// <summary>An AF_XDP socket that receives into memory shared with the kernel, bound to the first queue of an interface.</summary>
internal sealed unsafe partial class PacketSocket : IDisposable
{
    private const int Family = 44, Level = 283, Raw = 3;
    private const int MapOffsets = 1, ReceiveRing = 2, MemoryRegistration = 4, FillRing = 5, CompletionRing = 6;
    private const long FillRingPlace = 0x1_0000_0000;
    private const ushort Copy = 2;
    private const int Frames = 8, FrameSize = 4096, RingRoom = 4096;

    private readonly byte* _frames = (byte*)NativeMemory.AlignedAlloc(Frames * FrameSize, FrameSize);
    private readonly MemoryMapping? _fill, _received;

    // What the kernel says about its rings: for each where the producer, the consumer, the entries and the flags lie.
    private readonly ulong[] _offsets = new ulong[16];

    private PacketSocket(BpfFd fd, int interfaceIndex)
    {
        Fd = fd;
        Register();
        foreach (int ring in (int[])[FillRing, CompletionRing, ReceiveRing]) Set(ring, Frames);
        uint size = sizeof(ulong) * 16;
        fixed (ulong* offsets = _offsets) Check(GetSocketOption(fd.Value, Level, MapOffsets, offsets, &size));
        _fill = MemoryMapping.Create(fd, RingRoom, writable: true, FillRingPlace, "map the fill ring");
        _received = MemoryMapping.Create(fd, RingRoom, writable: true, 0, "map the receive ring");
        OfferFrames();
        Bind(interfaceIndex);
    }

    public BpfFd Fd { get; }

    /// <summary>Null when the kernel has no such sockets.</summary>
    public static PacketSocket? TryOpen(int interfaceIndex)
    {
        int fd = Libc.Socket(Family, Raw | Libc.SOCK_CLOEXEC, 0);
        return fd < 0 ? null : new(new BpfFd(fd), interfaceIndex);
    }

    /// <summary>Waits for a packet; null when none has come.</summary>
    public byte[]? Receive(TimeSpan patience)
    {
        const short Readable = 1;
        PollFd wanted = new() { Fd = Fd.Value, Events = Readable };
        if (Libc.Poll(&wanted, 1, (int)patience.TotalMilliseconds) <= 0) return null;
        uint* consumer = (uint*)(_received!.Address + _offsets[1]);
        // A descriptor of the receive ring: where the packet lies, how long it is, and options.
        byte* entry = _received.Address + _offsets[2] + (*consumer % Frames * 16);
        ulong place = *(ulong*)entry;
        uint length = *(uint*)(entry + sizeof(ulong));
        byte[] packet = new ReadOnlySpan<byte>(_frames + place, (int)length).ToArray();
        Volatile.Write(ref *consumer, *consumer + 1);
        return packet;
    }

    public void Dispose()
    {
        _fill?.Dispose();
        _received?.Dispose();
        Fd.Dispose();
        NativeMemory.AlignedFree(_frames);
    }

    private void Register()
    {
        // Address and length of the memory, the size of a frame, and three fields that are zero.
        ulong* registration = stackalloc ulong[4];
        registration[0] = (ulong)_frames;
        registration[1] = Frames * FrameSize;
        registration[2] = FrameSize;
        registration[3] = 0;
        Check(Libc.SetSocketOption(Fd.Value, Level, MemoryRegistration, registration, sizeof(ulong) * 4));
    }

    private void OfferFrames()
    {
        const int Fill = 8;
        ulong* entries = (ulong*)(_fill!.Address + _offsets[Fill + 2]);
        for (int i = 0; i < Frames; i++) entries[i] = (ulong)(i * FrameSize);
        Volatile.Write(ref *(uint*)(_fill.Address + _offsets[Fill]), Frames);
    }

    private void Bind(int interfaceIndex)
    {
        Span<byte> address = stackalloc byte[16];
        address.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(address, Family);
        BinaryPrimitives.WriteUInt16LittleEndian(address[2..], Copy);
        BinaryPrimitives.WriteInt32LittleEndian(address[4..], interfaceIndex);
        fixed (byte* bytes = address) Check(Libc.Bind(Fd.Value, bytes, (uint)address.Length));
    }

    private void Set(int option, int value) => Check(Libc.SetSocketOption(Fd.Value, Level, option, &value, sizeof(int)));

    private static void Check(int result) => Assert.True(result >= 0, $"AF_XDP: {(Errno)Marshal.GetLastPInvokeError()}");

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetSocketOption(int fd, int level, int option, void* value, uint* length);
}
