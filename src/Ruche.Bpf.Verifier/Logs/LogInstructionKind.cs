// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Logs;

/// <summary>What an instruction of a log does.</summary>
internal enum LogInstructionKind
{
    /// <summary>Nothing that an explanation follows.</summary>
    Other,

    /// <summary>Sets a register to a constant or an address.</summary>
    Constant,

    /// <summary>Copies a register.</summary>
    Move,

    /// <summary>Reads memory.</summary>
    Load,

    /// <summary>Writes memory.</summary>
    Store,

    /// <summary>Reads memory by an atomic operation, or casts an address.</summary>
    Fetch,

    /// <summary>Reads the packet into R0, by the old instructions.</summary>
    PacketLoad,

    /// <summary>Calculates with a register.</summary>
    Change,

    /// <summary>Calls a helper, a kernel function or a function of the program.</summary>
    Call,

    /// <summary>Jumps if a condition holds.</summary>
    Branch,

    /// <summary>Returns.</summary>
    Exit,
}
