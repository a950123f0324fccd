// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.FrontEnds.CSharp;

/// <summary>Why C# does not become a program of the kernel.</summary>
public static class CSharpDiagnostics
{
    /// <summary>Something is asked of the heap: an object, an array, a boxed value, a string.</summary>
    public const string Heap = "RU1001";

    /// <summary>A call that is decided when it is made: a virtual method, an interface, a delegate.</summary>
    public const string LateCall = "RU1002";

    /// <summary>An exception is thrown or caught.</summary>
    public const string Exceptions = "RU1003";

    /// <summary>Arithmetic with fractions.</summary>
    public const string FloatingPoint = "RU1004";

    /// <summary>A method that may come to call itself.</summary>
    public const string Recursion = "RU1005";

    /// <summary>A method of the base library that has no counterpart in the kernel.</summary>
    public const string BaseLibrary = "RU1006";

    /// <summary>A type that no program can have values of.</summary>
    public const string Type = "RU1007";

    /// <summary>A static field that is neither a map nor plain memory, or has an initial value that is not known when compiling.</summary>
    public const string StaticField = "RU1008";

    /// <summary>A map that is declared in a way that makes no map.</summary>
    public const string Map = "RU1009";

    /// <summary>A program that is declared in a way that makes no program.</summary>
    public const string Program = "RU1010";

    /// <summary>Room on the stack whose size is not known when compiling.</summary>
    public const string StackSize = "RU1011";

    /// <summary>An instruction that has no counterpart.</summary>
    public const string Instruction = "RU1012";

    /// <summary>Something that is referred to and cannot be found.</summary>
    public const string Missing = "RU1013";

    /// <summary>A file that is no assembly, or has no object in it.</summary>
    public const string Assembly = "RU1014";
}
