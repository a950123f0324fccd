// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

/// <summary>The numbers of the rules for kernel programs in C#. None is used again.</summary>
internal static class RuleIds
{
    public const string Heap = "RU1001";
    public const string LateCall = "RU1002";
    public const string Exceptions = "RU1003";
    public const string FloatingPoint = "RU1004";
    public const string Recursion = "RU1005";
    public const string BaseLibrary = "RU1006";
    public const string Type = "RU1007";
    public const string StaticField = "RU1008";
    public const string Map = "RU1009";
    public const string Program = "RU1010";
    public const string StackSize = "RU1011";
    public const string Instruction = "RU1012";
    public const string Missing = "RU1013";
    public const string Assembly = "RU1014";
    public const string KernelCopy = "RU1015";
}
