// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Tests.Compilation.Arm64;

/// <summary>A static executable of three segments: the runtime, what it works in, and the image with code and memory of all cases.</summary>
internal static class GuestFile
{
    private const int HeaderBytes = 64;
    private const int SegmentBytes = 56;
    private const int Segments = 3;
    private const int PageBytes = 0x1_0000; // the largest that the architecture has
    private const ushort Executable = 2;
    private const ushort Machine = 183;
    private const uint Loaded = 1;
    private const uint ReadWriteExecute = 7;

    public static byte[] Of(GuestRuntime runtime, byte[] image)
    {
        int text = PageBytes;
        int rest = text + (((runtime.Text.Length - 1) / PageBytes) + 1) * PageBytes;
        MemoryStream file = new();
        using BinaryWriter writer = new(file);
        writer.Write([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        writer.Write(Executable);
        writer.Write(Machine);
        writer.Write(1u);
        writer.Write(runtime.Entry);
        writer.Write((ulong)HeaderBytes);
        writer.Write(0ul);
        writer.Write(0u);
        foreach (int number in (int[])[HeaderBytes, SegmentBytes, Segments, 0, 0, 0]) writer.Write((ushort)number);
        Segment(writer, text, GuestRuntime.Address, runtime.Text.Length, runtime.Text.Length);
        Segment(writer, 0, GuestRuntime.WorkAddress, 0, GuestRuntime.WorkBytes);
        Segment(writer, rest, GuestRuntime.ImageAddress, image.Length, image.Length);
        file.Position = text;
        file.Write(runtime.Text);
        file.Position = rest;
        file.Write(image);
        return file.ToArray();
    }

    private static void Segment(BinaryWriter writer, int offset, ulong address, int fileBytes, int memoryBytes)
    {
        writer.Write(Loaded);
        writer.Write(ReadWriteExecute);
        foreach (ulong number in (ulong[])[(ulong)offset, address, address, (ulong)fileBytes, (ulong)memoryBytes, PageBytes]) writer.Write(number);
    }
}
