// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Control groups.</content>
public static unsafe partial class Bpf
{
    /// <summary>
    /// The class (net_cls) of the packet's sender, in version 1 of control groups. Traffic control and routes; others for the running task; 4.3.
    /// </summary>
    [Helper(17)]
    public static uint GetCgroupClassid(ref readonly SkBuffContext skb) => throw KernelOnly.Call;

    /// <summary>The class (net_cls) of the packet's socket. Traffic control; 5.10.</summary>
    [Helper(151)]
    public static uint SkbCgroupClassid(ref readonly SkBuffContext skb) => throw KernelOnly.Call;

    /// <summary>Whether the packet's socket belongs to the control group at an index of the array: 1, 0, or a negative error. Traffic control; 4.8.</summary>
    [Helper(33)]
    public static long SkbUnderCgroup<TMap>(ref readonly SkBuffContext skb, TMap map, uint index)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Whether the running task belongs to the control group at an index of the array: 1, 0, or a negative error. Tracing and others; 4.9.</summary>
    [Helper(37)]
    public static long CurrentTaskUnderCgroup<TMap>(TMap map, uint index)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>The id of the control group of the packet's socket. Traffic control; 4.18.</summary>
    [Helper(79)]
    public static ulong SkbCgroupId(ref readonly SkBuffContext skb) => throw KernelOnly.Call;

    /// <summary>The id of the control group above that of the packet's socket, at a level; the root is 0. Traffic control; 4.19.</summary>
    [Helper(83)]
    public static ulong SkbAncestorCgroupId(ref readonly SkBuffContext skb, int ancestorLevel) => throw KernelOnly.Call;

    /// <summary>The id of a socket's control group. Traffic control; 5.8.</summary>
    [Helper(128)]
    public static ulong SkCgroupId<TSock>(ref readonly TSock sk)
        where TSock : unmanaged => throw KernelOnly.Call;

    /// <summary>The id of the control group above a socket's, at a level; the root is 0. Traffic control; 5.8.</summary>
    [Helper(129)]
    public static ulong SkAncestorCgroupId<TSock>(ref readonly TSock sk, int ancestorLevel)
        where TSock : unmanaged => throw KernelOnly.Call;

    /// <summary>The id of the running task's control group. All programs; 4.18.</summary>
    [Helper(80)]
    public static ulong GetCurrentCgroupId() => throw KernelOnly.Call;

    /// <summary>The id of the control group above the running task's, at a level; the root is 0. All programs; 5.7.</summary>
    [Helper(123)]
    public static ulong GetCurrentAncestorCgroupId(int ancestorLevel) => throw KernelOnly.Call;

    /// <summary>What the system call returns so far, as the program's predecessors have decided. Control groups; 5.18.</summary>
    [Helper(186)]
    public static int GetRetval() => throw KernelOnly.Call;

    /// <summary>Sets what the system call returns. Control groups; 5.18.</summary>
    [Helper(187)]
    public static int SetRetval(int retval) => throw KernelOnly.Call;

    /// <summary>Copies the setting's name; flag 1: only its last part. Sysctl; 5.2.</summary>
    [Helper(101)]
    public static long SysctlGetName(ref readonly SysctlContext ctx, void* buf, ulong bufLen, ulong flags) => throw KernelOnly.Call;

    /// <summary>Copies the setting's value. Sysctl; 5.2.</summary>
    [Helper(102)]
    public static long SysctlGetCurrentValue(ref readonly SysctlContext ctx, void* buf, ulong bufLen) => throw KernelOnly.Call;

    /// <summary>Copies what the setting is about to become; EINVAL when it is read. Sysctl; 5.2.</summary>
    [Helper(103)]
    public static long SysctlGetNewValue(ref readonly SysctlContext ctx, void* buf, ulong bufLen) => throw KernelOnly.Call;

    /// <summary>Replaces what the setting is about to become. Sysctl; 5.2.</summary>
    [Helper(104)]
    public static long SysctlSetNewValue(ref readonly SysctlContext ctx, void* buf, ulong bufLen) => throw KernelOnly.Call;

    /// <summary>Copies the setting's name. Returns its length, or a negative error (5.2).</summary>
    public static long SysctlGetName(ref readonly SysctlContext ctx, Span<byte> text, bool onlyLastPart = false)
    {
        fixed (byte* to = &MemoryMarshal.GetReference(text)) return SysctlGetName(in ctx, to, (ulong)text.Length, onlyLastPart ? 1u : 0);
    }

    /// <summary>Copies the setting's value. Returns its length, or a negative error (5.2).</summary>
    public static long SysctlGetCurrentValue(ref readonly SysctlContext ctx, Span<byte> text)
    {
        fixed (byte* to = &MemoryMarshal.GetReference(text)) return SysctlGetCurrentValue(in ctx, to, (ulong)text.Length);
    }

    /// <summary>Copies what the setting is about to become. Returns its length, or a negative error (5.2).</summary>
    public static long SysctlGetNewValue(ref readonly SysctlContext ctx, Span<byte> text)
    {
        fixed (byte* to = &MemoryMarshal.GetReference(text)) return SysctlGetNewValue(in ctx, to, (ulong)text.Length);
    }

    /// <summary>Replaces what the setting is about to become. Returns 0, or a negative error (5.2).</summary>
    public static long SysctlSetNewValue(ref readonly SysctlContext ctx, ReadOnlySpan<byte> text)
    {
        fixed (byte* from = &MemoryMarshal.GetReference(text)) return SysctlSetNewValue(in ctx, from, (ulong)text.Length);
    }
}
