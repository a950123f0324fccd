// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Text, and the trace log.</content>
public static unsafe partial class Bpf
{
    /// <summary>Writes a line to <c>/sys/kernel/tracing/trace_pipe</c>. All programs; 4.1; GPL.</summary>
    [Helper(6)]
    public static long TracePrintk(void* fmt, uint fmtSize, ulong arg1 = 0, ulong arg2 = 0, ulong arg3 = 0) => throw KernelOnly.Call;

    /// <summary>Writes a line to <c>/sys/kernel/tracing/trace_pipe</c>.</summary>
    /// <param name="format">A literal <c>"…"u8</c>: the zero that the compiler puts behind it is counted in.</param>
    /// <param name="arg1">The first argument.</param>
    /// <param name="arg2">The second.</param>
    /// <param name="arg3">The third.</param>
    public static long Printk(ReadOnlySpan<byte> format, ulong arg1 = 0, ulong arg2 = 0, ulong arg3 = 0)
    {
        fixed (byte* text = &MemoryMarshal.GetReference(format)) return TracePrintk(text, (uint)format.Length + 1, arg1, arg2, arg3);
    }

    /// <summary>Writes a line to the trace log; the arguments are words in a row, and their number does not matter. All programs; 5.16; GPL.</summary>
    [Helper(177)]
    public static long TraceVprintk(void* fmt, uint fmtSize, void* data, uint dataLen) => throw KernelOnly.Call;

    /// <summary>Writes a line to the trace log with more than three arguments.</summary>
    /// <param name="format">A literal <c>"…"u8</c>: the zero that the compiler puts behind it is counted in.</param>
    /// <param name="arguments">The arguments.</param>
    public static long Printk(ReadOnlySpan<byte> format, ReadOnlySpan<ulong> arguments)
    {
        fixed (byte* text = &MemoryMarshal.GetReference(format))
        fixed (ulong* data = &MemoryMarshal.GetReference(arguments))
            return TraceVprintk(text, (uint)format.Length + 1, data, (uint)arguments.Length * 8);
    }

    /// <summary>Formats text into memory; the format must be in memory that is only read. Returns its length with the zero. All programs; 5.13; GPL.</summary>
    [Helper(165)]
    public static long Snprintf(void* str, uint strSize, void* fmt, void* data, uint dataLen) => throw KernelOnly.Call;

    /// <summary>Formats text into memory. Returns its length with the zero, which may be more than there was room for.</summary>
    public static long Snprintf(Span<byte> text, ReadOnlySpan<byte> format, ReadOnlySpan<ulong> arguments)
    {
        fixed (byte* to = &MemoryMarshal.GetReference(text))
        fixed (byte* from = &MemoryMarshal.GetReference(format))
        fixed (ulong* data = &MemoryMarshal.GetReference(arguments))
            return Snprintf(to, (uint)text.Length, from, data, (uint)arguments.Length * 8);
    }

    /// <summary>Writes an object of the kernel as text, with the names of its fields. Tracing; 5.10.</summary>
    [Helper(149)]
    public static long SnprintfBtf(void* str, uint strSize, ref TypedPointer ptr, uint btfPtrSize, ulong flags) => throw KernelOnly.Call;

    /// <summary>Compares memory with text that is only read: 0 when they are the same. All programs; 5.17.</summary>
    [Helper(182)]
    public static long Strncmp(void* s1, uint s1Sz, void* s2) => throw KernelOnly.Call;

    /// <summary>Compares text with a literal <c>"…"u8</c>: 0 when they are the same.</summary>
    public static long Strncmp(ReadOnlySpan<byte> text, ReadOnlySpan<byte> literal)
    {
        fixed (byte* left = &MemoryMarshal.GetReference(text))
        fixed (byte* right = &MemoryMarshal.GetReference(literal))
            return Strncmp(left, (uint)text.Length, right);
    }

    /// <summary>Reads a number from text; the flags are the base, 0 for what the text says. Returns how many bytes it had. All programs; 5.2.</summary>
    [Helper(105)]
    public static long Strtol(void* buf, ulong bufLen, ulong flags, out long res) => throw KernelOnly.Call;

    /// <summary>
    /// Reads a number without a sign from text; the flags are the base, 0 for what the text says. Returns how many bytes it had. All programs; 5.2.
    /// </summary>
    [Helper(106)]
    public static long Strtoul(void* buf, ulong bufLen, ulong flags, out ulong res) => throw KernelOnly.Call;

    /// <summary>Writes formatted text to an iterator's file. Iterators; 5.8; GPL.</summary>
    [Helper(126)]
    public static long SeqPrintf<TFile>(ref readonly TFile m, void* fmt, uint fmtSize, void* data, uint dataLen)
        where TFile : unmanaged => throw KernelOnly.Call;

    /// <summary>Writes bytes to an iterator's file. Iterators; 5.8; GPL.</summary>
    [Helper(127)]
    public static long SeqWrite<TFile>(ref readonly TFile m, void* data, uint len)
        where TFile : unmanaged => throw KernelOnly.Call;

    /// <summary>Writes an object of the kernel to an iterator's file as text. Iterators; 5.10; GPL.</summary>
    [Helper(150)]
    public static long SeqPrintfBtf<TFile>(ref readonly TFile m, ref TypedPointer ptr, uint ptrSize, ulong flags)
        where TFile : unmanaged => throw KernelOnly.Call;

    /// <summary>
    /// Writes an object of the kernel as text, with the names of its fields. Returns its length, which may be more than there was room for (5.10).
    /// </summary>
    public static long SnprintfBtf<T>(Span<byte> text, KernelPointer<T> value)
        where T : unmanaged
    {
        TypedPointer what = new() { Address = value.Address, TypeId = KernelTypeId<T>() };
        fixed (byte* to = &MemoryMarshal.GetReference(text)) return SnprintfBtf(to, (uint)text.Length, ref what, (uint)sizeof(TypedPointer), 0);
    }

    /// <summary>Reads a number from text. Returns how many bytes it had, or a negative error (5.2).</summary>
    public static long Strtol(ReadOnlySpan<byte> text, out long number, int numberBase = 0)
    {
        fixed (byte* from = &MemoryMarshal.GetReference(text)) return Strtol(from, (ulong)text.Length, (ulong)numberBase, out number);
    }

    /// <summary>Reads a number without a sign from text. Returns how many bytes it had, or a negative error (5.2).</summary>
    public static long Strtoul(ReadOnlySpan<byte> text, out ulong number, int numberBase = 0)
    {
        fixed (byte* from = &MemoryMarshal.GetReference(text)) return Strtoul(from, (ulong)text.Length, (ulong)numberBase, out number);
    }
}
