// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Compilation;

/// <summary>Code for what seldom happens, which is put behind the program.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Label">Where it begins.</param>
/// <param name="Back">Where it goes on, if it does.</param>
/// <param name="Slot">The instruction that it belongs to.</param>
internal readonly record struct Detour(DetourKind Kind, int Label, int Back, int Slot)
{
    /// <summary>The memory that is about to be touched.</summary>
    public X64Operand Operand { get; init; }

    /// <summary>How much of it.</summary>
    public int Bytes { get; init; }

    /// <summary>Where to go on with an element that has the key.</summary>
    public int Aside { get; init; }

    /// <summary>Where to go on when no element has it.</summary>
    public int Absent { get; init; }

    /// <summary>Whether it is changed.</summary>
    public bool IsWrite { get; init; }

    /// <summary>Whether a division is one of 64 bits.</summary>
    public bool IsWide { get; init; }

    /// <summary>Whether a division is for its remainder.</summary>
    public bool IsRemainder { get; init; }
}
