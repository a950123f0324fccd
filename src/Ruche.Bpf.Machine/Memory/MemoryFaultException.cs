// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Memory;

/// <summary>A helper was given memory that the program may not use. Ends the run, not the process.</summary>
public sealed class MemoryFaultException : Exception
{
    internal MemoryFaultException(ulong address, int length, MemoryRights rights)
        : base($"{(rights.HasFlag(MemoryRights.Write) ? "writing" : "reading")} {length} bytes at 0x{address:x}, which the program may not") =>
        (Address, Length, Rights) = (address, length, rights);

    /// <summary>The first byte.</summary>
    public ulong Address { get; }

    /// <summary>How many bytes.</summary>
    public int Length { get; }

    /// <summary>What the helper would have done.</summary>
    public MemoryRights Rights { get; }
}
