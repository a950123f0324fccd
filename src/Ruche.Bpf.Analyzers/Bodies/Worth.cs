// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Analyzers.Bodies;

/// <summary>What the value of an expression is worth in a program.</summary>
internal enum Worth
{
    Fine,

    /// <summary>A text, or null: no value, but it may stand where only a name is asked for.</summary>
    Text,

    /// <summary>It comes of something that was told already.</summary>
    Spoiled,
}
