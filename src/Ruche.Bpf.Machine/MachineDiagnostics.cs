// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine;

/// <summary>Why the machine does not take a program that is valid as such.</summary>
public static class MachineDiagnostics
{
    /// <summary>The program calls a helper that the machine does not have.</summary>
    public const string NoHelper = "RU3700";

    /// <summary>The program calls a function of the kernel that the machine does not have.</summary>
    public const string NoKernelFunction = "RU3701";

    /// <summary>The program refers to a map or a variable of the kernel and is given none.</summary>
    public const string NoMap = "RU3702";

    /// <summary>The program loads from a socket buffer in the old way and is given none.</summary>
    public const string NoPacket = "RU3703";

    /// <summary>The program jumps through a register, for which there is no array of instructions.</summary>
    public const string NoJumpTable = "RU3704";

    /// <summary>The program casts between address spaces and has no arena.</summary>
    public const string NoArena = "RU3705";

    /// <summary>A capture file is none, or cut off.</summary>
    public const string BadCapture = "RU3706";

    /// <summary>A run is to be compared with the kernel's, which runs programs of that type only where they are attached.</summary>
    public const string NoKernelRun = "RU3707";
}
