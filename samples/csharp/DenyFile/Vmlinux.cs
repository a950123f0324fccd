// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Samples;

// The kernel's types by the kernel's names, with the fields that are needed. Where a field lies is found out when the object is loaded.

// C# keeps the name for itself.
[KernelType("struct file")]
public unsafe struct kernel_file
{
    public inode* f_inode;
}

[KernelType("struct inode")]
public unsafe struct inode
{
    public ulong i_ino;
    public super_block* i_sb;
}

[KernelType("struct super_block")]
public struct super_block
{
    public uint s_dev;
}
