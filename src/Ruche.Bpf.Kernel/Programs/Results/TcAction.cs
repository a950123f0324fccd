// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What becomes of a packet of traffic control: <c>TC_ACT_…</c>.</summary>
public enum TcAction
{
    /// <summary>What comes after decides, or the configured action.</summary>
    Unspecified = -1,

    /// <summary>It goes on.</summary>
    Ok = 0,

    /// <summary>It is classified again.</summary>
    Reclassify = 1,

    /// <summary>It is dropped.</summary>
    Shot = 2,

    /// <summary>The next action sees it.</summary>
    Pipe = 3,

    /// <summary>It is taken, without a word to the sender that it was dropped.</summary>
    Stolen = 4,

    /// <summary>It waits in a queue.</summary>
    Queued = 5,

    /// <summary>The action is run again.</summary>
    Repeat = 6,

    /// <summary>It goes where a redirecting helper has said.</summary>
    Redirect = 7,

    /// <summary>Hardware hands it to the kernel.</summary>
    Trap = 8,
}
