// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Tests.Soundness;

/// <summary>What the author of a generated program believes about a register or a stack slot.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Most">Of a number, the greatest it can be.</param>
/// <param name="Room">Of a pointer, how many bytes from it on may be accessed.</param>
internal readonly record struct Held(HeldKind Kind, ulong Most = ulong.MaxValue, int Room = 0)
{
    /// <summary>What both believe.</summary>
    public static Held Both(Held one, Held other) =>
        one.Kind == other.Kind ? new(one.Kind, Math.Max(one.Most, other.Most), Math.Min(one.Room, other.Room)) : default;
}
