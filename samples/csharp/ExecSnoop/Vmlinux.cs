// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Samples;

// The kernel's types by the kernel's names, with the fields that are needed. Where a field lies is found out when the object is loaded.

[KernelType("struct task_struct")]
public unsafe struct task_struct
{
    public int tgid;
    public task_struct* real_parent;
    public mm_struct* mm;
    public Text16 comm;
}

[KernelType("struct mm_struct")]
public struct mm_struct
{
    public ulong arg_start, arg_end;
}

[KernelType("struct linux_binprm")]
public unsafe struct linux_binprm
{
    public byte* filename;
}
