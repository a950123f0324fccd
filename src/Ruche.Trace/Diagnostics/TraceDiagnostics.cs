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

    /// <summary>A line for the C preprocessor cannot be followed.</summary>
    public const string BadDirective = "RU6013";

    /// <summary>A type in C cannot be read.</summary>
    public const string BadCType = "RU6014";

    /// <summary>There is no probe provider of that name.</summary>
    public const string UnknownProvider = "RU6101";

    /// <summary>An attach point has more or fewer parts than its provider takes.</summary>
    public const string PartCount = "RU6102";

    /// <summary>A part of an attach point is empty.</summary>
    public const string EmptyPart = "RU6103";

    /// <summary>Nothing is called that: no builtin, function or constant.</summary>
    public const string UnknownName = "RU6201";

    /// <summary>A variable is used before anything is assigned to it.</summary>
    public const string UnknownVariable = "RU6202";

    /// <summary>A map is used but never given a value.</summary>
    public const string UnknownMap = "RU6203";

    /// <summary>There is no type of that name.</summary>
    public const string UnknownType = "RU6204";

    /// <summary>A structure, an event or a tuple has no such part.</summary>
    public const string NoSuchField = "RU6205";

    /// <summary>A value of one type stands where one of another must.</summary>
    public const string TypeMismatch = "RU6206";

    /// <summary>Something without a value stands where one is needed.</summary>
    public const string NoValue = "RU6207";

    /// <summary>A function is given more or fewer arguments than it takes.</summary>
    public const string ArgumentCount = "RU6208";

    /// <summary>A function is given an argument that it cannot use.</summary>
    public const string BadArgument = "RU6209";

    /// <summary>A name is used in a probe where it has no meaning.</summary>
    public const string NotInThisProbe = "RU6210";

    /// <summary>The script would change the system, and is not allowed to.</summary>
    public const string Unsafe = "RU6211";

    /// <summary>A part of the language that is not there yet.</summary>
    public const string NotSupported = "RU6212";

    /// <summary>A value is computed and not used.</summary>
    public const string NoEffect = "RU6213";

    /// <summary>A macro or a function uses itself.</summary>
    public const string Recursion = "RU6214";

    /// <summary>What is imported cannot be read.</summary>
    public const string BadImport = "RU6215";

    /// <summary>Something must be known when the script is compiled, and is not.</summary>
    public const string NotKnown = "RU6216";

    /// <summary>The script itself says that it must not be compiled.</summary>
    public const string RefusesItself = "RU6217";

    /// <summary>A file is no recording of a script, or is damaged.</summary>
    public const string BadRecording = "RU6218";

    /// <summary>A percent sign in a format begins no conversion and is printed as it is.</summary>
    public const string StrayPercent = "RU6401";

    /// <summary>A conversion of a format is one of C's that scripts do not have, or too wide.</summary>
    public const string UnsupportedConversion = "RU6402";

    /// <summary>A format has more or fewer conversions than there are arguments.</summary>
    public const string FormatArgumentCount = "RU6403";

    /// <summary>An argument is of a type that its conversion does not take.</summary>
    public const string FormatArgumentType = "RU6404";

    /// <summary>The place of a probe does not exist on this host.</summary>
    public const string NoSuchPlace = "RU6110";

    /// <summary>How often an interval or profile runs is no number, has no known unit, or is out of range.</summary>
    public const string BadRate = "RU6111";

    /// <summary>The provider is known, but not such probes of it.</summary>
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
