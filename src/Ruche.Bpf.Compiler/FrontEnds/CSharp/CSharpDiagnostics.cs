// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp;

/// <summary>Why C# does not become a program of the kernel.</summary>
public static class CSharpDiagnostics
{
    /// <summary>Something is asked of the heap: an object, an array, a boxed value, a string.</summary>
    public const string Heap = RuleIds.Heap;

    /// <summary>A call that is decided when it is made: a virtual method, an interface, a delegate.</summary>
    public const string LateCall = RuleIds.LateCall;

    /// <summary>An exception is thrown or caught.</summary>
    public const string Exceptions = RuleIds.Exceptions;

    /// <summary>Arithmetic with fractions.</summary>
    public const string FloatingPoint = RuleIds.FloatingPoint;

    /// <summary>A method that may come to call itself.</summary>
    public const string Recursion = RuleIds.Recursion;

    /// <summary>A method of the base library that has no counterpart in the kernel.</summary>
    public const string BaseLibrary = RuleIds.BaseLibrary;

    /// <summary>A type that no program can have values of.</summary>
    public const string Type = RuleIds.Type;

    /// <summary>A static field that is neither a map nor plain memory, or has an initial value that is not known when compiling.</summary>
    public const string StaticField = RuleIds.StaticField;

    /// <summary>A map that is declared in a way that makes no map.</summary>
    public const string Map = RuleIds.Map;

    /// <summary>A program that is declared in a way that makes no program.</summary>
    public const string Program = RuleIds.Program;

    /// <summary>Room on the stack whose size is not known when compiling.</summary>
    public const string StackSize = RuleIds.StackSize;

    /// <summary>An instruction that has no counterpart.</summary>
    public const string Instruction = RuleIds.Instruction;

    /// <summary>Something that is referred to and cannot be found.</summary>
    public const string Missing = RuleIds.Missing;

    /// <summary>A file that is no assembly, or has no object in it.</summary>
    public const string Assembly = RuleIds.Assembly;

    /// <summary>A whole struct of the kernel is copied, whose layout only the kernel knows.</summary>
    public const string KernelCopy = RuleIds.KernelCopy;
}
