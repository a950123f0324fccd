// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What <see cref="BpfCommand.ProgQuery"/> takes. The kernel writes counts and revision back.</summary>
internal struct ProgQueryAttr
{
    public uint TargetFd; // or an interface index
    public uint AttachType;
    public uint QueryFlags;
    public uint AttachFlags;
    public ulong ProgIds;
    public uint Count;
    public ulong ProgAttachFlags;
    public ulong LinkIds;
    public ulong LinkAttachFlags;
    public ulong Revision;
}
