// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Runs;

/// <summary>What a run has done to the world, as far as it leaves more than bytes behind. Made when there is something to keep.</summary>
internal sealed class RunEffects
{
    /// <summary>How many of a kind are kept of one run, which bounds what it can take of the process.</summary>
    public const int Most = 65_536;

    /// <summary>Where the packet goes.</summary>
    public PacketRedirect? Redirect { get; set; }

    /// <summary>Where copies of the packet go.</summary>
    public List<PacketRedirect> Clones { get; } = [];

    /// <summary>Lines that the run has printed.</summary>
    public List<string> Printed { get; } = [];

    /// <summary>What an iterator has written.</summary>
    public List<byte> Output { get; } = [];

    /// <summary>The answer that a program on a cgroup has set.</summary>
    public int ReturnCode { get; set; }

    /// <summary>The address of the socket that a program has chosen.</summary>
    public ulong Socket { get; set; }

    /// <summary>Signals that the task has been sent.</summary>
    public List<int> Signals { get; } = [];
}
