// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Hooks;

/// <summary>What came of attaching a program.</summary>
public enum HookState
{
    /// <summary>It could not be tried: what the trial itself needs is not there.</summary>
    Unknown,

    /// <summary>The program was attached, and detached again.</summary>
    Works,

    /// <summary>The kernel has no such hook, or is built without what it needs.</summary>
    Missing,

    /// <summary>The kernel has it, but does not let this process use it.</summary>
    Refused,
}
