// SPDX-License-Identifier: MIT
using System.Numerics;

namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <summary>A place in memory: a register and a displacement that an instruction has room for, or two registers.</summary>
/// <param name="Base">The register added as it is.</param>
/// <param name="Displacement">What is added to that; zero when there is an index.</param>
/// <param name="Index">Another register that is added; may be missing.</param>
/// <param name="IsScaled">Whether the index counts accesses, not bytes.</param>
internal readonly record struct Arm64Operand(Arm64Register Base, int Displacement, Arm64Register? Index = null, bool IsScaled = false)
{
    private const int UnscaledLimit = 256;
    private const int ScaledLimit = 4096;

    public static Arm64Operand At(Arm64Register register, int displacement = 0) => new(register, displacement);

    /// <summary>Whether an access of so many bytes has room for a displacement.</summary>
    public static bool HasRoomFor(int displacement, int bytes) => IsScalable(displacement, bytes) || displacement is >= -UnscaledLimit and < UnscaledLimit;

    /// <summary>Whether a displacement can count accesses instead of bytes.</summary>
    public static bool IsScalable(int displacement, int bytes) =>
        displacement >= 0 && displacement % bytes == 0 && displacement >> BitOperations.Log2((uint)bytes) < ScaledLimit;
}
