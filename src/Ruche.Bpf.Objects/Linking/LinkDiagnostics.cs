// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Linking;

internal static class LinkDiagnostics
{
    /// <summary>A program calls a function that its object does not have.</summary>
    public const string MissingFunction = "RU3401";

    /// <summary>A program reads a variable that its object only declares.</summary>
    public const string MissingVariable = "RU3402";

    /// <summary>A program and all it calls, or a section of all objects, is larger than any kernel accepts.</summary>
    public const string TooLarge = "RU3403";

    /// <summary>A reference points outside its function.</summary>
    public const string BadSlot = "RU3404";

    /// <summary>Two objects define the same function or variable.</summary>
    public const string Duplicate = "RU3405";

    /// <summary>Two objects define maps of the same name that differ.</summary>
    public const string MapMismatch = "RU3406";

    /// <summary>Objects of different byte orders or licences cannot be one.</summary>
    public const string ObjectMismatch = "RU3407";
}
