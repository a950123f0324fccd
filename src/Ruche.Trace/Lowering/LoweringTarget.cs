// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Lowering;

/// <summary>What the kernel that a script is compiled for can do.</summary>
internal sealed record LoweringTarget
{
    /// <summary>Whether loops may be counted by the kernel (may_goto).</summary>
    public bool HasMayGoto { get; init; }

    /// <summary>Whether one program can be attached to many kernel functions by one link.</summary>
    public bool HasKprobeMulti { get; init; }

    /// <summary>Whether one program can be attached to many functions of a file by one link.</summary>
    public bool HasUprobeMulti { get; init; }

    /// <summary>Whether the time since boot can be asked for.</summary>
    public bool HasBootTime { get; init; }
}
