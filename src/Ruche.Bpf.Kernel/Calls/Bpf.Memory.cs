// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Memory that a program cannot read directly.</content>
public static unsafe partial class Bpf
{
    /// <summary>Copies memory of the kernel or the process, whichever the address happens to mean; better: the two that say which. Tracing; 4.1; GPL.</summary>
    [Helper(4)]
    public static long ProbeRead(void* dst, uint size, void* unsafePtr) => throw KernelOnly.Call;

    /// <summary>Copies text of the kernel or the process; better: the two that say which. Tracing; 4.11; GPL.</summary>
    [Helper(45)]
    public static long ProbeReadStr(void* dst, uint size, void* unsafePtr) => throw KernelOnly.Call;

    /// <summary>Copies memory of the process; a page that is not there gives EFAULT. Tracing; 5.5; GPL.</summary>
    [Helper(112)]
    public static long ProbeReadUser(void* dst, uint size, void* unsafePtr) => throw KernelOnly.Call;

    /// <summary>Copies memory of the kernel; an address that is none gives EFAULT and zeros. Tracing; 5.5; GPL.</summary>
    [Helper(113)]
    public static long ProbeReadKernel(void* dst, uint size, void* unsafePtr) => throw KernelOnly.Call;

    /// <summary>Copies text of the process up to its zero. Returns its length with the zero. Tracing; 5.5; GPL.</summary>
    [Helper(114)]
    public static long ProbeReadUserStr(void* dst, uint size, void* unsafePtr) => throw KernelOnly.Call;

    /// <summary>Copies text of the kernel up to its zero. Returns its length with the zero. Tracing; 5.5; GPL.</summary>
    [Helper(115)]
    public static long ProbeReadKernelStr(void* dst, uint size, void* unsafePtr) => throw KernelOnly.Call;

    /// <summary>Writes into the memory of the process. Experimental: it logs a warning when the program is loaded. Tracing; 4.8; GPL.</summary>
    [Helper(36)]
    public static long ProbeWriteUser(void* dst, void* src, uint len) => throw KernelOnly.Call;

    /// <summary>Copies memory of the process, and waits for pages that are not there. Sleepable ones; 5.10; may sleep.</summary>
    [Helper(148)]
    public static long CopyFromUser(void* dst, uint size, void* userPtr) => throw KernelOnly.Call;

    /// <summary>Copies memory of another task, and waits for pages that are not there. Sleepable ones; 5.18; GPL; may sleep.</summary>
    [Helper(191)]
    public static long CopyFromUserTask<TTask>(void* dst, uint size, void* userPtr, ref readonly TTask tsk, ulong flags)
        where TTask : unmanaged => throw KernelOnly.Call;

    /// <summary>Copies a value from an address of the process. Returns 0, or a negative error.</summary>
    public static long ProbeReadUser<T>(out T value, ulong address)
        where T : unmanaged
    {
        Unsafe.SkipInit(out value);
        fixed (T* to = &value) return ProbeReadUser(to, (uint)sizeof(T), (void*)address);
    }

    /// <summary>Copies a value from an address of the kernel. Returns 0, or a negative error.</summary>
    public static long ProbeReadKernel<T>(out T value, ulong address)
        where T : unmanaged
    {
        Unsafe.SkipInit(out value);
        fixed (T* to = &value) return ProbeReadKernel(to, (uint)sizeof(T), (void*)address);
    }

    /// <summary>Copies text from an address of the process. Returns its length with the zero, or a negative error.</summary>
    public static long ProbeReadUserStr(Span<byte> text, ulong address)
    {
        fixed (byte* to = &MemoryMarshal.GetReference(text)) return ProbeReadUserStr(to, (uint)text.Length, (void*)address);
    }

    /// <summary>Copies text from an address of the kernel. Returns its length with the zero, or a negative error.</summary>
    public static long ProbeReadKernelStr(Span<byte> text, ulong address)
    {
        fixed (byte* to = &MemoryMarshal.GetReference(text)) return ProbeReadKernelStr(to, (uint)text.Length, (void*)address);
    }

    /// <summary>Copies a value from an address of the process, and waits for pages that are not there. Returns 0, or a negative error.</summary>
    public static long CopyFromUser<T>(out T value, ulong address)
        where T : unmanaged
    {
        Unsafe.SkipInit(out value);
        fixed (T* to = &value) return CopyFromUser(to, (uint)sizeof(T), (void*)address);
    }

    /// <summary>A per-CPU variable of the kernel on some CPU; a null reference when there is no such CPU. All programs; 5.10.</summary>
    [Helper(153, Returns = AddressSpace.Kernel)]
    public static ref T PerCpuPtr<T>(ref T percpuPtr, uint cpu)
        where T : unmanaged => throw KernelOnly.Call;

    /// <summary>A per-CPU variable of the kernel on this CPU. All programs; 5.10.</summary>
    [Helper(154, Returns = AddressSpace.Kernel)]
    public static ref T ThisCpuPtr<T>(ref T percpuPtr)
        where T : unmanaged => throw KernelOnly.Call;
}
