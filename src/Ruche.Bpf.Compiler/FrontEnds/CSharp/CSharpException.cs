// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.FrontEnds.CSharp;

/// <summary>Something in a method that no program can do; caught where the method's line is known.</summary>
internal sealed class CSharpException(string id, string message, string advice) : Exception(message)
{
    public string Id { get; } = id;

    /// <summary>What to do instead.</summary>
    public string Advice { get; } = advice;
}
