// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine.Compilation.Arm64;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>
/// The pages that code lies in, used again when code goes: a mapping of its own for each program would cost more than making the code. No
/// two programs share a page, so that none is executable while something is written.
/// </summary>
internal static unsafe partial class ExecutablePages
{
    private const int ChunkPages = 256;
    private const int ReadWrite = 3;
    private const int ReadExecute = 5;
    private const int PrivateAnonymous = 0x22;

    private static readonly int PageBytes = Environment.SystemPageSize;
    private static readonly Lock Guard = new();
    private static readonly SortedList<nint, int> Free = []; // how many pages from where

    /// <summary>Pages that hold a copy of code and may be executed.</summary>
    public static nint Take(ReadOnlySpan<byte> code)
    {
        int pages = PagesOf(code.Length);
        nint start;
        lock (Guard) start = TakeFree(pages) ?? MapMore(pages);
        nuint length = (nuint)(pages * PageBytes);
        Check(Protect(start, length, ReadWrite));
        // SAFETY: the pages are this caller's alone, writable now, and enough for the code.
        code.CopyTo(new Span<byte>((void*)start, code.Length));
        Check(Protect(start, length, ReadExecute));
        if (RuntimeInformation.ProcessArchitecture is Architecture.Arm64) InstructionCache.Synchronize(start, code.Length);
        return start;
    }

    /// <summary>The code is gone.</summary>
    public static void GiveBack(nint start, int length)
    {
        int pages = PagesOf(length);
        lock (Guard)
        {
            nint end = start + (pages * PageBytes);
            if (Free.Remove(end, out int behind)) pages += behind;
            Free.Add(start, pages);
            int before = Free.IndexOfKey(start) - 1;
            if (before < 0 || Free.GetKeyAtIndex(before) + (Free.GetValueAtIndex(before) * PageBytes) != start) return;
            Free.SetValueAtIndex(before, Free.GetValueAtIndex(before) + pages);
            Free.RemoveAt(before + 1);
        }
    }

    private static int PagesOf(int length) => (length + PageBytes - 1) / PageBytes;

    private static nint? TakeFree(int pages)
    {
        for (int i = 0; i < Free.Count; i++)
        {
            int count = Free.GetValueAtIndex(i);
            if (count < pages) continue;
            // The end of what is free, so that the rest stays where it is.
            nint start = Free.GetKeyAtIndex(i) + ((count - pages) * PageBytes);
            if (count == pages) Free.RemoveAt(i);
            else Free.SetValueAtIndex(i, count - pages);
            return start;
        }

        return null;
    }

    private static nint MapMore(int pages)
    {
        int count = Math.Max(pages, ChunkPages);
        nint start = Map(0, (nuint)(count * PageBytes), ReadExecute, PrivateAnonymous, -1, 0);
        if (start == -1) throw new Win32Exception(Marshal.GetLastPInvokeError());
        if (count > pages) Free.Add(start + (pages * PageBytes), count - pages);
        return start;
    }

    private static void Check(int result)
    {
        if (result != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nuint length, int protection);
}
