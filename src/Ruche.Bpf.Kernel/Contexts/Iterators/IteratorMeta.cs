// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The file that an iterator writes: <c>struct bpf_iter_meta</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct IteratorMeta
{
    private readonly ulong _file;

    /// <summary>The number of this reading.</summary>
    public readonly ulong Session;

    /// <summary>How many objects there were before.</summary>
    public readonly ulong Sequence;

    /// <summary>The file.</summary>
    public ref SeqFile File => ref *Addresses.Object<SeqFile>(_file);

    /// <summary>Writes text. Returns 0, or EOVERFLOW, negative, when the object will be shown again with more room.</summary>
    public long SeqWrite(ReadOnlySpan<byte> text)
    {
        fixed (byte* from = &MemoryMarshal.GetReference(text)) return Bpf.SeqWrite(ref File, from, (uint)text.Length);
    }

    /// <summary>Writes a value as it lies in memory. Returns 0, or EOVERFLOW, negative, when the object will be shown again with more room.</summary>
    public long SeqWrite<T>(in T value)
        where T : unmanaged
    {
        fixed (T* from = &value) return Bpf.SeqWrite(ref File, from, (uint)sizeof(T));
    }

    /// <summary>Writes formatted text. Returns 0, or EOVERFLOW, negative, when the object will be shown again with more room.</summary>
    /// <param name="format">A literal <c>"…"u8</c>: the zero that the compiler puts behind it is counted in.</param>
    /// <param name="arguments">The arguments, each in a word.</param>
    public long SeqPrintf(ReadOnlySpan<byte> format, ReadOnlySpan<ulong> arguments)
    {
        fixed (byte* text = &MemoryMarshal.GetReference(format))
        fixed (ulong* data = &MemoryMarshal.GetReference(arguments))
            return Bpf.SeqPrintf(ref File, text, (uint)format.Length + 1, data, (uint)arguments.Length * 8);
    }

    /// <summary>Writes formatted text without arguments. Returns 0, or a negative error.</summary>
    public long SeqPrintf(ReadOnlySpan<byte> format)
    {
        fixed (byte* text = &MemoryMarshal.GetReference(format)) return Bpf.SeqPrintf(ref File, text, (uint)format.Length + 1, null, 0);
    }

    /// <summary>Writes formatted text with one argument. Returns 0, or a negative error.</summary>
    public long SeqPrintf(ReadOnlySpan<byte> format, ulong argument)
    {
        fixed (byte* text = &MemoryMarshal.GetReference(format)) return Bpf.SeqPrintf(ref File, text, (uint)format.Length + 1, &argument, 8);
    }
}
