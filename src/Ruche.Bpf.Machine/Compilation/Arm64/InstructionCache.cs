// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Runtime.InteropServices;
using static Ruche.Bpf.Machine.Compilation.Arm64.Arm64Register;

namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <summary>
/// Makes what was written as data what is fetched as instructions. On arm64 these are two caches, and the kernel brings them together only
/// when a page becomes executable for the first time, not when it is written again. The C library has no function for it.
/// </summary>
internal static unsafe partial class InstructionCache
{
    private const int ReadWrite = 3;
    private const int ReadExecute = 5;
    private const int PrivateAnonymous = 0x22;
    private const int LineMask = 15;
    private const int DataLineShift = 16;
    private const int SmallestLine = 4;

    // The routine itself lies in such a page.
    private static readonly nint Code = Place(Routine());

    /// <summary>Code has been written there; whoever calls it now finds it.</summary>
    public static void Synchronize(nint start, int length)
    {
        // SAFETY: the routine changes nothing but caches, and the memory is there.
        ((delegate* unmanaged[SuppressGCTransition]<nint, nint, void>)Code)(start, start + length);
        // Other processors may have fetched ahead what was there before. On Linux this interrupts those that run this process, and whoever
        // returns from an interrupt fetches anew.
        Interlocked.MemoryBarrierProcessWide();
    }

    /// <summary>void (byte* start, byte* end): line by line the data goes to where both caches meet, and the instructions come from there.</summary>
    public static ReadOnlySpan<byte> Routine()
    {
        Arm64Emitter a = new();
        a.ReadCacheType(X2);
        a.Shift(Arm64Shift.Right, true, X3, X2, DataLineShift);
        ForEachLine(a, X3, () => a.CleanData(X4));
        a.WaitForAll();
        ForEachLine(a, X2, () => a.InvalidateInstructions(X4));
        a.WaitForAll();
        a.FetchAnew();
        a.Return();
        a.TryFinish(out var routine);
        return routine;
    }

    // The lowest bits of a register say how long a line is: so many times twice the smallest. X4 is the line.
    private static void ForEachLine(Arm64Emitter a, Arm64Register type, Action emit)
    {
        int again = a.NewLabel();
        LogicalImmediate.TryEncode(LineMask, wide: true, out uint mask);
        a.Logic(Arm64Logic.And, true, X5, type, mask);
        a.Move(X6, SmallestLine);
        a.Shift(Arm64Shift.Left, true, X6, X6, X5);
        a.Alu(Arm64Alu.Sub, true, X5, Zero, X6);
        a.Logic(Arm64Logic.And, true, X4, X0, X5);
        a.Bind(again);
        emit();
        a.Alu(Arm64Alu.Add, true, X4, X4, X6);
        a.Alu(Arm64Alu.SubFlags, true, Zero, X4, X1);
        a.Jump(Arm64Condition.Below, again);
    }

    private static nint Place(ReadOnlySpan<byte> routine)
    {
        nint page = Map(0, (nuint)Environment.SystemPageSize, ReadWrite, PrivateAnonymous, -1, 0);
        if (page == -1) throw new Win32Exception(Marshal.GetLastPInvokeError());
        // SAFETY: the page is nobody else's, writable, and much longer than the routine.
        routine.CopyTo(new((void*)page, routine.Length));
        if (Protect(page, (nuint)Environment.SystemPageSize, ReadExecute) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        return page;
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nuint length, int protection);
}
