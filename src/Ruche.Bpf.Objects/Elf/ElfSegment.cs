// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Elf;

/// <summary>One program header: a part of the file and where it is mapped.</summary>
/// <param name="Type">What it is for.</param>
/// <param name="Flags">1 execute, 2 write, 4 read.</param>
/// <param name="Offset">Where it starts in the file.</param>
/// <param name="Address">Where it is mapped.</param>
/// <param name="FileSize">How many bytes of the file it has.</param>
/// <param name="MemorySize">How many bytes of memory it takes.</param>
public sealed record ElfSegment(
    ElfSegmentType Type, uint Flags, ulong Offset, ulong Address, ulong FileSize, ulong MemorySize)
{
    /// <summary>Whether it holds code that is mapped.</summary>
    public bool IsCode => Type is ElfSegmentType.Load && (Flags & 1) != 0;
}
