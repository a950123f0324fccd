// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <summary>Diagnostic ids of instructions and their assembler.</summary>
internal static class InstructionDiagnostics
{
    /// <summary>The bytes do not divide into eight-byte slots.</summary>
    public const string RaggedLength = "RU3600";

    /// <summary>The program has no instructions.</summary>
    public const string Empty = "RU3601";

    /// <summary>The opcode means nothing.</summary>
    public const string UnknownOpcode = "RU3602";

    /// <summary>A field that must be zero, or one of few values, is something else.</summary>
    public const string ReservedField = "RU3603";

    /// <summary>A register field names no register, or a register that may not be written.</summary>
    public const string BadRegister = "RU3604";

    /// <summary>A wide load lacks its second slot, or the second slot is not one.</summary>
    public const string BrokenWideLoad = "RU3605";

    /// <summary>A jump leaves the program or its function, or lands inside a wide load.</summary>
    public const string BadJump = "RU3606";

    /// <summary>A call or function address leaves the program or lands inside a wide load.</summary>
    public const string BadCall = "RU3607";

    /// <summary>Control runs off the end of the program or of a function.</summary>
    public const string FallsOff = "RU3608";

    /// <summary>The text is not an instruction.</summary>
    public const string Syntax = "RU3620";

    /// <summary>The mnemonic does not exist.</summary>
    public const string UnknownMnemonic = "RU3621";

    /// <summary>The register does not exist, or has the wrong width here.</summary>
    public const string UnknownRegister = "RU3622";

    /// <summary>The number is malformed or does not fit its field.</summary>
    public const string NumberRange = "RU3623";

    /// <summary>The label is not defined.</summary>
    public const string UnknownLabel = "RU3624";

    /// <summary>The label is defined twice.</summary>
    public const string DuplicateLabel = "RU3625";

    /// <summary>The label is too far away for the field that holds the distance.</summary>
    public const string LabelTooFar = "RU3626";

    /// <summary>The helper does not exist.</summary>
    public const string UnknownHelper = "RU3627";
}
