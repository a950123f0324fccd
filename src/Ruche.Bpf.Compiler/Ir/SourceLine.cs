// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>A line of the source that a program is compiled from.</summary>
public sealed record SourceLine(string File, int Line, int Column, string Text);
