// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What the commands that walk ids and open by id take. The kernel writes <see cref="NextId"/> back.</summary>
internal struct ObjectIdAttr
{
    public uint StartId; // the id itself for the commands that open one
    public uint NextId;
    public uint OpenFlags;
    public int FdByIdTokenFd;
}
