// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.States;

/// <summary>Who calls a function of the program, when not the program itself.</summary>
internal enum CallbackKind : byte
{
    /// <summary>The program itself.</summary>
    None,

    /// <summary>A helper, any number of times before it returns: 0 goes on, 1 stops.</summary>
    Loop,

    /// <summary>A kernel function that orders nodes, before it returns.</summary>
    Comparison,

    /// <summary>The kernel, later: the function must return 0.</summary>
    Later,
}
