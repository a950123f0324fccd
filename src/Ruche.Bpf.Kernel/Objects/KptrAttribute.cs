// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>
/// The field, a pointer in a map's value, holds an object of the kernel or of the program (5.19); <see cref="Bpf.KptrXchg{T}"/> puts one in and takes
/// one out.
/// </summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class KptrAttribute : Attribute
{
    /// <summary>Whether the field does not own the object, which may be gone: it can be stored plainly, and only be probed.</summary>
    public bool IsUntrusted { get; init; }

    /// <summary>Whether there is an object for each CPU (6.7).</summary>
    public bool IsPerCpu { get; init; }
}
