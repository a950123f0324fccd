// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What <see cref="BpfCommand.ObjPin"/> and <see cref="BpfCommand.ObjGet"/> take.</summary>
internal struct ObjectPinAttr
{
    public ulong Pathname;
    public uint BpfFd;
    public uint FileFlags;
    public int PathFd;
}
