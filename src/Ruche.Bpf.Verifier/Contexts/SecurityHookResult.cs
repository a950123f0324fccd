// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Contexts;

/// <summary>What a hook of the Linux security modules returns.</summary>
internal enum SecurityHookResult : byte
{
    /// <summary>Zero, or a negative error number.</summary>
    Error,

    /// <summary>Whether something is so.</summary>
    Claim,

    /// <summary>Nothing: the hook is told, and not asked.</summary>
    Nothing,
}
