// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Trace.Lowering;

/// <summary>Where a value stands in memory: an address, and a distance from it.</summary>
/// <param name="Address">A pointer of the address space that <paramref name="Reach"/> says.</param>
/// <param name="Offset">How many bytes beyond it.</param>
/// <param name="Reach">How it is read.</param>
/// <param name="IsAligned">Whether the address is one of 8 bytes; in the program's own memory that decides how wide accesses may be.</param>
internal readonly record struct Place(Value Address, int Offset, Reach Reach, bool IsAligned = true)
{
    public Place Plus(int distance) => this with { Offset = Offset + distance };
}
