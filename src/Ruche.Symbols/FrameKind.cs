// SPDX-License-Identifier: MIT
namespace Ruche.Symbols;

/// <summary>Where the name of a <see cref="Frame"/> comes from.</summary>
public enum FrameKind : byte
{
    /// <summary>The address has no name.</summary>
    Unknown,

    /// <summary>A symbol of the kernel or of one of its modules.</summary>
    Kernel,

    /// <summary>A symbol of a file that the process has mapped.</summary>
    User,

    /// <summary>Code made at run time, which the process has listed in its perf map.</summary>
    Jitted,
}
