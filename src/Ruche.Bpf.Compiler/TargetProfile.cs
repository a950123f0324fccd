// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Compiler;

/// <summary>
/// What the kernel that programs are compiled for can do. Either one of the releases named here, for files that must run there and later, or made from what
/// a running kernel answered to probes.
/// </summary>
public sealed record TargetProfile
{
    /// <summary>What messages call it.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The version of the instruction set, 1 to 4. From 2 on there are jumps on less than; from 3 on jumps that compare 32 bits; from 4 on signed division,
    /// sign-extending loads and moves, and long jumps. Arithmetic of 32 bits is as old as eBPF.
    /// </summary>
    public int InstructionSet { get; init; } = 3;

    /// <summary>Whether atomic operations yield what stood there, and there are others than addition (5.12).</summary>
    public bool HasFetchingAtomics { get; init; }

    /// <summary>Whether a loop may be left to the kernel to end (may_goto, 6.9).</summary>
    public bool HasMayGoto { get; init; }

    /// <summary>Whether there are ring buffers (5.8).</summary>
    public bool HasRingBuffer { get; init; }

    /// <summary>Whether one link attaches a program to many kernel functions (5.18).</summary>
    public bool HasKprobeMulti { get; init; }

    /// <summary>Whether one link attaches a program to many places of processes' code (6.6).</summary>
    public bool HasUprobeMulti { get; init; }

    /// <summary>Whether the name of a task is padded with zeros when a program asks for it. Certain since 6.4.</summary>
    public bool PadsNames { get; init; }

    /// <summary>Whether helpers for maps answer with 64 bits, not 32 and nothing sure above them. Certain since 6.4.</summary>
    public bool HasWideResults { get; init; }

    /// <summary>The newest helper; the kernel numbers them as they come.</summary>
    public HelperId LastHelper { get; init; } = HelperId.CgrpStorageDelete;

    /// <summary>Older helpers that it does not have or does not give to the programs that are compiled.</summary>
    public ImmutableArray<HelperId> MissingHelpers { get; init; } = [];

    /// <summary>Whether a helper calls a function in a loop (bpf_loop, 5.17).</summary>
    public bool HasLoopHelper => Has(HelperId.Loop);

    /// <summary>Whether a helper goes through the entries of a map (bpf_for_each_map_elem, 5.13).</summary>
    public bool HasForEach => Has(HelperId.ForEachMapElem);

    /// <summary>Whether a helper finds another CPU's value in a map (5.19).</summary>
    public bool HasPerCpuLookup => Has(HelperId.MapLookupPercpuElem);

    /// <summary>Linux 5.10, the oldest release that is supported.</summary>
    public static TargetProfile Linux510 { get; } = new()
    {
        Name = "Linux 5.10",
        HasRingBuffer = true,
        LastHelper = HelperId.RedirectPeer,
    };

    /// <summary>Linux 5.15.</summary>
    public static TargetProfile Linux515 { get; } = Linux510 with { Name = "Linux 5.15", HasFetchingAtomics = true, LastHelper = HelperId.TaskPtRegs };

    /// <summary>Linux 6.1.</summary>
    public static TargetProfile Linux61 { get; } = Linux515 with { Name = "Linux 6.1", HasKprobeMulti = true, LastHelper = HelperId.UserRingbufDrain };

    /// <summary>Linux 6.6.</summary>
    public static TargetProfile Linux66 { get; } = Linux61 with { Name = "Linux 6.6", InstructionSet = 4, HasUprobeMulti = true, PadsNames = true, HasWideResults = true, LastHelper = HelperId.CgrpStorageDelete };

    /// <summary>Linux 6.12.</summary>
    public static TargetProfile Linux612 { get; } = Linux66 with { Name = "Linux 6.12", HasMayGoto = true };

    /// <summary>Linux 6.18.</summary>
    public static TargetProfile Linux618 { get; } = Linux612 with { Name = "Linux 6.18" };

    /// <summary>The releases named here, the oldest first.</summary>
    public static ImmutableArray<TargetProfile> Releases { get; } = [Linux510, Linux515, Linux61, Linux66, Linux612, Linux618];

    /// <summary>Whether a program may call a helper.</summary>
    public bool Has(HelperId helper)
    {
        foreach (var missing in MissingHelpers)
        {
            if (missing == helper) return false;
        }

        return helper <= LastHelper;
    }
}
