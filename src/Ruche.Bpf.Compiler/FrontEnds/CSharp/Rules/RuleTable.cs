// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

/// <summary>All rules that can be seen in the source of a program.</summary>
internal static class RuleTable
{
    public static Rule[] All { get; } =
    [
        new(RuleIds.Heap, "A kernel program has no heap"),
        new(RuleIds.LateCall, "A kernel program calls only what is known when compiling"),
        new(RuleIds.Exceptions, "A kernel program has no exceptions"),
        new(RuleIds.FloatingPoint, "A kernel program has no floating point"),
        new(RuleIds.Recursion, "A kernel program does not call itself"),
        new(RuleIds.BaseLibrary, "The base library is not there in the kernel"),
        new(RuleIds.Type, "A kernel program has no values of this type"),
        new(RuleIds.StaticField, "A static field of an object is a map or plain memory"),
        new(RuleIds.Map, "The declaration makes no map"),
        new(RuleIds.Program, "The declaration makes no program"),
        new(RuleIds.StackSize, "Room on the stack has a size that is known when compiling"),
        new(RuleIds.Instruction, "There is no counterpart in the kernel"),
        new(RuleIds.Missing, "A method has no body"),
        new(RuleIds.KernelCopy, "A struct of the kernel is not copied whole"),
    ];
}
