// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Execution;
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Machine.Surroundings;

namespace Ruche.Bpf.Machine;

/// <summary>One call of a helper: five arguments, a view of the program's memory, and what is around the program.</summary>
public readonly ref struct HelperCall
{
    internal const int ArgumentCount = 5;

    private readonly ReadOnlySpan<ulong> _arguments;

    internal HelperCall(ReadOnlySpan<ulong> arguments, RunSpace run)
    {
        _arguments = arguments;
        Run = run;
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

    /// <summary>The clock, the task and the other things that the program finds around it.</summary>
    public MachineEnvironment Environment => Run.Program.Environment;

    internal RunSpace Run { get; }

    /// <summary>Memory that the program may read. Valid until the helper returns.</summary>
    /// <exception cref="MemoryFaultException">The program may not; the run ends with a fault when the helper lets this through.</exception>
    public ReadOnlySpan<byte> Read(ulong address, int length) => Run.Memory.Span(address, length, MemoryRights.Read);

    /// <summary>Memory that the program may write. Valid until the helper returns.</summary>
    /// <exception cref="MemoryFaultException">The program may not; the run ends with a fault when the helper lets this through.</exception>
    public Span<byte> Write(ulong address, int length) => Run.Memory.Span(address, length, MemoryRights.ReadWrite);

    /// <summary>Calls a function of the program, by the address that the program has given, with up to five arguments. A fault in it ends the run.</summary>
    public ulong Invoke(ulong function, params ReadOnlySpan<ulong> arguments) => Run.Invoke(function, arguments);

    internal bool TryRead(ulong address, int length, out Span<byte> span) => Run.Memory.TrySpan(address, length, MemoryRights.Read, out span);
}
