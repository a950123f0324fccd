// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Execution;

/// <summary>What a run may take, on every engine: the kernel's numbers.</summary>
internal static class RunLimits
{
    /// <summary>The stack of one function.</summary>
    public const int FrameBytes = 512;

    /// <summary>Functions that may be running at a time.</summary>
    public const int MaxFrames = 8;

    /// <summary>The stack of a run.</summary>
    public const int StackBytes = FrameBytes * MaxFrames;

    /// <summary>How often may_goto lets a loop go on: BPF_MAX_LOOPS.</summary>
    public const int MayGotoLoops = 8 << 20;

    /// <summary>How often a program may go over to another: MAX_TAIL_CALL_CNT.</summary>
    public const int MaxTailCalls = 33;
}
