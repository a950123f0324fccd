// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What <see cref="BpfCommand.ProgAttach"/> and <see cref="BpfCommand.ProgDetach"/> take.</summary>
internal struct ProgAttachAttr
{
    public uint TargetFd; // or an interface index
    public uint AttachBpfFd;
    public uint AttachType;
    public uint AttachFlags;
    public uint ReplaceBpfFd;
    public uint RelativeFd; // or an id
    public ulong ExpectedRevision;
}
