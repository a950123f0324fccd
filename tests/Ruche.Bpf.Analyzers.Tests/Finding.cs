// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Analyzers.Tests;

/// <summary>A rule and the line that breaks it.</summary>
internal readonly record struct Finding(int Line, string Id)
{
    public override string ToString() => $"{Line}: {Id}";
}
