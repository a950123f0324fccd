// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp;

/// <summary>Something in a method that no program can do; caught where the method's line is known.</summary>
internal sealed class CSharpException(Refusal refusal) : Exception(refusal.Message)
{
    public Refusal Refusal { get; } = refusal;
}
