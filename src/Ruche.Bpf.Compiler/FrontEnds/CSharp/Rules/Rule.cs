// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

/// <summary>One thing that kernel programs do without.</summary>
internal sealed class Rule(string id, string title)
{
    public string Id { get; } = id;

    public string Title { get; } = title;
}
