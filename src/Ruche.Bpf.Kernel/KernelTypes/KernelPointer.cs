// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>An address in the kernel that a helper reads, since a program cannot read it directly.</summary>
/// <typeparam name="T">What is there.</typeparam>
public readonly unsafe struct KernelPointer<T> : IEquatable<KernelPointer<T>>
    where T : unmanaged
{
    private readonly ulong _address;

    /// <summary>An address that is there as a number.</summary>
    public KernelPointer(ulong address) => _address = address;

    /// <summary>The address.</summary>
    public ulong Address => _address;

    /// <summary>Whether it leads nowhere.</summary>
    public bool IsNull => _address == 0;

    /// <summary>
    /// What is there, copied; zeros when it cannot be read. Of a type of the kernel, whose fields may stand elsewhere than in the struct that was written for
    /// it, only <see cref="Target"/> reads the right ones.
    /// </summary>
    public T Value => *Addresses.Kernel<T>(_address);

    /// <summary>What is there, whose fields are read one by one, where the kernel has them if it is a type of the kernel.</summary>
    public ref readonly T Target => ref *Addresses.Kernel<T>(_address);

    /// <summary>What is some elements further; zeros when it cannot be read.</summary>
    public T this[int index] => Addresses.Kernel<T>(_address)[index];

    /// <summary>Copies what is there; false when it cannot be read. Not for types of the kernel, see <see cref="Value"/>.</summary>
    public bool TryRead(out T value) => Bpf.ProbeReadKernel(out value, _address) == 0;

    /// <summary>Reads text up to its zero. Returns its length with the zero, or a negative error.</summary>
    public long ReadString(Span<byte> text) => Bpf.ProbeReadKernelStr(text, _address);

    /// <summary>Reads memory. Returns 0, or a negative error.</summary>
    public long Read(Span<byte> bytes)
    {
        fixed (byte* to = &MemoryMarshal.GetReference(bytes)) return Bpf.ProbeReadKernel(to, (uint)bytes.Length, (void*)_address);
    }

    /// <summary>The address some bytes further.</summary>
    public KernelPointer<T> Offset(int bytes) => new(_address + (ulong)bytes);

    /// <summary>The same address, with something else there.</summary>
    public KernelPointer<TOther> As<TOther>()
        where TOther : unmanaged => new(_address);

    /// <summary>Whether both are the same.</summary>
    public static bool operator ==(KernelPointer<T> left, KernelPointer<T> right) => left._address == right._address;

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(KernelPointer<T> left, KernelPointer<T> right) => left._address != right._address;

    /// <inheritdoc/>
    public bool Equals(KernelPointer<T> other) => _address == other._address;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is KernelPointer<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _address.GetHashCode();
}
