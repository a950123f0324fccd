// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What becomes of a message, or of a search for a socket.</summary>
public enum SkAction
{
    /// <summary>It is dropped, or refused.</summary>
    Drop = 0,

    /// <summary>It goes on, where a helper has said if one was called.</summary>
    Pass = 1,
}
