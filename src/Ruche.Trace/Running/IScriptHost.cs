// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;

namespace Ruche.Trace.Running;

/// <summary>Where a script's programs and maps are: in the kernel, or in a machine that is given what the kernel once gave them.</summary>
internal interface IScriptHost
{
    /// <summary>What all programs share, see <see cref="Lowering.SharedState"/>.</summary>
    Span<byte> Shared { get; }

    /// <summary>How many packets found no room in their buffers.</summary>
    long LostPackets { get; }

    /// <summary>A map by its name.</summary>
    IBpfMap Map(string name);

    /// <summary>Hands the events that are there over; returns how many.</summary>
    int Consume(EventDispatcher dispatcher);
}
