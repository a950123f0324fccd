// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Runs;

/// <summary>What becomes of a packet after a program of traffic control: <c>TC_ACT_…</c>.</summary>
public enum TcAction
{
    /// <summary>Whatever is configured.</summary>
    Unspecified = -1,

    /// <summary>Goes on.</summary>
    Ok = 0,

    /// <summary>Classified again.</summary>
    Reclassify = 1,

    /// <summary>Dropped.</summary>
    Shot = 2,

    /// <summary>On to the next action.</summary>
    Pipe = 3,

    /// <summary>Consumed, without an error.</summary>
    Stolen = 4,

    /// <summary>Queued.</summary>
    Queued = 5,

    /// <summary>Repeated.</summary>
    Repeat = 6,

    /// <summary>Sent elsewhere.</summary>
    Redirect = 7,

    /// <summary>Given to the card.</summary>
    Trap = 8,
}
