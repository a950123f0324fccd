// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Memory;

namespace Ruche.Bpf.Machine;

/// <summary>One call of a helper: five arguments and a view of the program's memory.</summary>
public readonly ref struct HelperCall
{
    private readonly ReadOnlySpan<ulong> _arguments;
    private readonly MemoryMap _memory;

    internal HelperCall(ReadOnlySpan<ulong> arguments, MemoryMap memory)
    {
        _arguments = arguments;
        _memory = memory;
    }

    /// <summary>R1.</summary>
    public ulong First => _arguments[0];

    /// <summary>R2.</summary>
    public ulong Second => _arguments[1];

    /// <summary>R3.</summary>
    public ulong Third => _arguments[2];

    /// <summary>R4.</summary>
    public ulong Fourth => _arguments[3];

    /// <summary>R5.</summary>
    public ulong Fifth => _arguments[4];

    /// <summary>Memory that the program may read. Valid until the helper returns.</summary>
    /// <exception cref="MemoryFaultException">The program may not; the run ends with a fault when the helper lets this through.</exception>
    public ReadOnlySpan<byte> Read(ulong address, int length) => _memory.Span(address, length, MemoryRights.Read);

    /// <summary>Memory that the program may write. Valid until the helper returns.</summary>
    /// <exception cref="MemoryFaultException">The program may not; the run ends with a fault when the helper lets this through.</exception>
    public Span<byte> Write(ulong address, int length) => _memory.Span(address, length, MemoryRights.ReadWrite);
}
