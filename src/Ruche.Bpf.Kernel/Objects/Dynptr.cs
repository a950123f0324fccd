// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Memory of a size that the verifier does not know, with its bounds: <c>struct bpf_dynptr</c> (5.19). Lives on the stack.</summary>
[BtfName("bpf_dynptr")]
[StructLayout(LayoutKind.Sequential)]
public struct Dynptr
{
    private ulong _word0;
    private ulong _word1;

    /// <summary>Copies a value from some offset. Returns 0, or E2BIG, negative, beyond the end.</summary>
    public unsafe long Read<T>(uint offset, out T value)
        where T : unmanaged
    {
        Unsafe.SkipInit(out value);
        fixed (T* to = &value) return Bpf.DynptrRead(to, (uint)sizeof(T), ref this, offset, 0);
    }

    /// <summary>Copies a value to some offset. Returns 0, or E2BIG, negative, beyond the end.</summary>
    public unsafe long Write<T>(uint offset, in T value)
        where T : unmanaged
    {
        fixed (T* from = &value) return Bpf.DynptrWrite(ref this, offset, from, (uint)sizeof(T), 0);
    }

    /// <summary>A value at some offset, in place; a null reference, see <see cref="Bpf.IsNull{T}"/>, beyond the end.</summary>
    public unsafe ref T Data<T>(uint offset)
        where T : unmanaged => ref *(T*)Bpf.DynptrData(ref this, offset, (uint)sizeof(T));
}
