// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Loading;

/// <summary>A type of the kernel, or of one of its modules.</summary>
/// <param name="Id">The type's id; 0 when it was not found.</param>
/// <param name="Module">The module; null for the kernel itself.</param>
internal readonly record struct KernelTarget(int Id, ModuleTypes? Module)
{
    public bool IsFound => Id != 0;
}
