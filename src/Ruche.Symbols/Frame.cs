// SPDX-License-Identifier: MIT
namespace Ruche.Symbols;

/// <summary>An address and what is there.</summary>
public readonly record struct Frame
{
    /// <summary>An address without a name.</summary>
    public Frame(ulong address) => Address = address;

    /// <summary>The address that was asked for.</summary>
    public ulong Address { get; }

    /// <summary>Where the name comes from.</summary>
    public FrameKind Kind { get; init; }

    /// <summary>The function, as people write it; null when the address has no name.</summary>
    public string? Name { get; init; }

    /// <summary>The function, as the linker calls it: mangled for C++ and Rust. The same as <see cref="Name"/> for C.</summary>
    public string? LinkageName { get; init; }

    /// <summary>How far into the function the address lies.</summary>
    public ulong Offset { get; init; }

    /// <summary>The file's path as the process sees it, or the kernel module without brackets; null for the kernel itself and for
    /// memory of no file. Known also for many addresses without a name.</summary>
    public string? Module { get; init; }

    /// <summary><c>name+offset</c>, the name alone where it starts, or the address in hexadecimal.</summary>
    public override string ToString()
    {
        if (Name is null) return $"0x{Address:x}";
        return Offset == 0 ? Name : $"{Name}+{Offset}";
    }
}
