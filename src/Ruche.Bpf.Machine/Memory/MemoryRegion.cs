// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Memory;

/// <summary>A piece of memory that a program may see.</summary>
/// <param name="Name">What it is, for people: stack, packet, a map's name.</param>
/// <param name="Start">Its first address.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Rights">What the program may do with it.</param>
public readonly record struct MemoryRegion(string Name, ulong Start, ulong Length, MemoryRights Rights)
{
    /// <summary>Whether all of an access lies within and is allowed.</summary>
    public bool Allows(ulong address, ulong size, MemoryRights rights)
    {
        ulong offset = address - Start;
        return offset < Length && size <= Length - offset && (Rights & rights) == rights;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} 0x{Start:x} to 0x{Start + Length:x} ({(Rights.HasFlag(MemoryRights.Write) ? "read, write" : "read")})";
}
