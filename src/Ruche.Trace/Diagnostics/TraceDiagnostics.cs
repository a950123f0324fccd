// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Diagnostics;

/// <summary>What can be wrong with a trace script.</summary>
public static class TraceDiagnostics
{
    /// <summary>The script has something else where a part of it must stand.</summary>
    public const string Unexpected = "RU6001";

    /// <summary>A character, or what it begins, is no part of the language.</summary>
    public const string UnknownCharacter = "RU6002";

    /// <summary>A string does not end on its line.</summary>
    public const string UnterminatedString = "RU6003";

    /// <summary>A backslash in a string is followed by something that it cannot stand before.</summary>
    public const string BadEscape = "RU6004";

    /// <summary>A number is written in a way that has no meaning.</summary>
    public const string BadNumber = "RU6005";

    /// <summary>A number does not fit 64 bits.</summary>
    public const string NumberTooLarge = "RU6006";

    /// <summary>A comment does not end.</summary>
    public const string UnterminatedComment = "RU6007";

    /// <summary>A brace is not closed.</summary>
    public const string Unclosed = "RU6008";

    /// <summary>Something that is neither a variable nor a map is to be changed.</summary>
    public const string NotAssignable = "RU6009";

    /// <summary>Expressions or blocks lie inside each other more deeply than is read.</summary>
    public const string TooDeep = "RU6010";

    /// <summary>A declaration stands where the language does not have it, or a second time.</summary>
    public const string Misplaced = "RU6011";

    /// <summary>A line begins with a number sign, but is none for the C preprocessor.</summary>
    public const string UnknownDirective = "RU6012";

    /// <summary>There is no probe provider of that name.</summary>
    public const string UnknownProvider = "RU6101";

    /// <summary>An attach point has more or fewer parts than its provider takes.</summary>
    public const string PartCount = "RU6102";

    /// <summary>A part of an attach point is empty.</summary>
    public const string EmptyPart = "RU6103";

    /// <summary>The place of a probe does not exist on this host.</summary>
    public const string NoSuchPlace = "RU6110";

    /// <summary>How often an interval or profile runs is no number, has no known unit, or is out of range.</summary>
    public const string BadRate = "RU6111";

    /// <summary>The provider is known, but probes of it cannot be attached yet.</summary>
    public const string UnsupportedProvider = "RU6112";

    /// <summary>The kernel has no software event of that name.</summary>
    public const string UnknownEvent = "RU6113";

    /// <summary>After how many events a program runs is no number.</summary>
    public const string BadCount = "RU6114";

    /// <summary>What follows the provider describes no place.</summary>
    public const string BadPlace = "RU6115";

    /// <summary>An attach point uses a parameter of the command line that is not given.</summary>
    public const string MissingParameter = "RU6116";

    /// <summary>The kernel does not let the process see which places there are.</summary>
    public const string CannotListPlaces = "RU6117";
}
