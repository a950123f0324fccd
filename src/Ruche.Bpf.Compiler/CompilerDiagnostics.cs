// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler;

/// <summary>Why a module is not compiled.</summary>
public static class CompilerDiagnostics
{
    /// <summary>A text is not the text form of a module.</summary>
    public const string BadText = "RU2001";

    /// <summary>A function needs more stack than a program has.</summary>
    public const string StackTooLarge = "RU2002";

    /// <summary>A module asks for something that the target lacks.</summary>
    public const string TargetLacks = "RU2003";

    /// <summary>An address leads nobody knows where: it comes from a number, or from two kinds of memory.</summary>
    public const string UnknownAddress = "RU2004";

    /// <summary>It is asked how many entries a map has that is known only when the program runs.</summary>
    public const string UnknownCapacity = "RU2005";
}
