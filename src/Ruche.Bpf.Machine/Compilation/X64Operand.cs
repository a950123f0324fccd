// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Compilation;

/// <summary>A place in memory: a base, an index that is shifted left, and a displacement. Base and index may be missing.</summary>
/// <param name="Base">The register added as it is.</param>
/// <param name="Index">The register that is shifted; never the stack pointer.</param>
/// <param name="Scale">By how much: 0 to 3.</param>
/// <param name="Displacement">What is added to that.</param>
internal readonly record struct X64Operand(X64Register? Base, X64Register? Index, int Scale, int Displacement)
{
    public static X64Operand At(X64Register register, int displacement = 0) => new(register, null, 0, displacement);
}
