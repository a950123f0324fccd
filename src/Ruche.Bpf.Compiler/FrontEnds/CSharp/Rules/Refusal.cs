// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

/// <summary>Something that no kernel program can do.</summary>
internal sealed class Refusal(string id, string message, string advice)
{
    public string Id { get; } = id;

    public string Message { get; } = message;

    /// <summary>What to do instead.</summary>
    public string Advice { get; } = advice;
}
