// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine.Compilation.Arm64;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>
/// The memory that code lies in: a file without a name that is mapped to be executed and written by the system call, so that no page is
/// ever writable where it is executable, nor anywhere else in the process. What is given back is used again.
/// </summary>
internal static unsafe partial class CodeHeap
{
    private const int Granule = 64; // a cache line: writing one program does not disturb who runs another
    private const int ChunkBytes = 1 << 20;
    private const int ReadExecute = 5;
    private const int Shared = 1;
    private const uint CloseOnExec = 1;

    private static readonly Lock Guard = new();
    private static readonly SortedList<nint, int> Free = []; // how many bytes from where
    private static readonly List<Chunk> Chunks = [];
    private static int _file = -1;

    /// <summary>Whether the system lets code be made; hardened ones may not.</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && TryReserve(ChunkBytes);

    /// <summary>Memory that holds a copy of code.</summary>
    public static nint Take(ReadOnlySpan<byte> code)
    {
        int length = Rounded(code.Length);
        lock (Guard)
        {
            if (TakeFree(length) is not { } start)
            {
                if (!TryReserve(length)) throw new Win32Exception(Marshal.GetLastPInvokeError());
                start = TakeFree(length)!.Value;
            }

            Write(start, code);
            if (RuntimeInformation.ProcessArchitecture is Architecture.Arm64) InstructionCache.Synchronize(start, code.Length);
            return start;
        }
    }

    /// <summary>The code is gone.</summary>
    public static void GiveBack(nint start, int length)
    {
        int bytes = Rounded(length);
        lock (Guard)
        {
            // Chunks that lie side by side are not so in the file.
            nint end = start + bytes;
            if (!Chunks.Exists(c => c.Start == end) && Free.Remove(end, out int behind)) bytes += behind;
            Free.Add(start, bytes);
            int before = Free.IndexOfKey(start) - 1;
            if (before < 0 || Free.GetKeyAtIndex(before) + Free.GetValueAtIndex(before) != start || Chunks.Exists(c => c.Start == start)) return;
            Free.SetValueAtIndex(before, Free.GetValueAtIndex(before) + bytes);
            Free.RemoveAt(before + 1);
        }
    }

    private static int Rounded(int length) => (length + Granule - 1) & -Granule;

    private static nint? TakeFree(int length)
    {
        for (int i = 0; i < Free.Count; i++)
        {
            int bytes = Free.GetValueAtIndex(i);
            if (bytes < length) continue;
            // The end of what is free, so that the rest stays where it is.
            nint start = Free.GetKeyAtIndex(i) + (bytes - length);
            if (bytes == length) Free.RemoveAt(i);
            else Free.SetValueAtIndex(i, bytes - length);
            return start;
        }

        return null;
    }

    private static void Write(nint start, ReadOnlySpan<byte> code)
    {
        var chunk = Chunks.Find(c => start >= c.Start && start < c.Start + c.Length);
        long at = chunk.Offset + (start - chunk.Start);
        while (code.Length > 0)
        {
            fixed (byte* bytes = code)
            {
                nint written = WriteAt(_file, bytes, (nuint)code.Length, at);
                if (written < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
                code = code[(int)written..];
                at += written;
            }
        }
    }

    private static bool TryReserve(int length)
    {
        length = (length + ChunkBytes - 1) & -ChunkBytes;
        long offset = Chunks.Sum(c => (long)c.Length);
        if (_file < 0) _file = CreateFile("ruche-code", CloseOnExec);
        if (_file < 0 || Resize(_file, offset + length) != 0) return false;
        nint start = Map(0, (nuint)length, ReadExecute, Shared, _file, (nint)offset);
        if (start == -1) return false;
        Chunks.Add(new(start, length, offset));
        Free.Add(start, length);
        return true;
    }

    private readonly record struct Chunk(nint Start, int Length, long Offset);

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateFile(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int Resize(int fd, long length);

    [LibraryImport("libc", EntryPoint = "pwrite", SetLastError = true)]
    private static partial nint WriteAt(int fd, byte* bytes, nuint length, long offset);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int fd, nint offset);
}
