// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What <see cref="BpfCommand.TaskFdQuery"/> takes. The kernel writes what it found back.</summary>
internal struct TaskFdQueryAttr
{
    public uint Pid;
    public uint Fd;
    public uint Flags;
    public uint BufLen;
    public ulong Buf;
    public uint ProgId;
    public uint FdType;
    public ulong ProbeOffset;
    public ulong ProbeAddr;
}
