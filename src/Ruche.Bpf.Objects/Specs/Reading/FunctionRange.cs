// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Specs.Reading;

/// <summary>A function in its section: the unique name, the symbol's name, and its slots.</summary>
internal sealed record FunctionRange(string Name, string Symbol, int Start, int Count, bool IsLocal, bool IsHidden, bool IsWeak)
{
    public int End => Start + Count;
}
