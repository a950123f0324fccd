// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel.Tests.Programs;

/// <summary>Types that the sample programs are about: the kernel's, and their own.</summary>
internal static unsafe class SampleTypes
{
    [KernelType("struct task_struct"), StructLayout(LayoutKind.Sequential)]
    public struct TaskStruct
    {
        public int pid;
        public int tgid;
        public TaskStruct* real_parent;
    }

    [KernelType("struct file"), StructLayout(LayoutKind.Sequential)]
    public struct KernelFile
    {
        public uint f_flags;
    }

    [KernelType("enum pid_type")]
    public enum pid_type
    {
        PIDTYPE_TGID = 1,
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Started
    {
        public ulong Time;
        public uint ProcessId;
        public Text16 Name;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Guarded
    {
        public BpfSpinLock Lock;
        public ulong Total;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Delayed
    {
        public BpfTimer Timer;
        public ulong Fired;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Item
    {
        public BpfListNode Node;
        public ulong Number;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Items
    {
        public BpfSpinLock Lock;

        [Contains(typeof(Item), nameof(Item.Node))]
        public BpfListHead Head;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Held
    {
        [Kptr]
        public TaskStruct* Task;
    }
}
