// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What the commands on one entry of a map take, and <see cref="BpfCommand.MapFreeze"/>.</summary>
internal struct MapElementAttr
{
    public uint MapFd;
    public ulong Key;
    public ulong Value; // next_key for MapGetNextKey
    public ulong Flags;
}
