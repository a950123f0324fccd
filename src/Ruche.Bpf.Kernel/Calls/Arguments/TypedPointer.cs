// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>An object of the kernel and its type: <c>struct btf_ptr</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct TypedPointer
{
    /// <summary>Where it is.</summary>
    public ulong Address;

    /// <summary>Its type, see <see cref="Bpf.KernelTypeId{T}"/>.</summary>
    public uint TypeId;

    /// <summary>Zero.</summary>
    public uint Flags;
}
