// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary><c>struct perf_event_attr</c> as far as PERF_ATTR_SIZE_VER5 (112 bytes), which every supported kernel knows.</summary>
internal struct PerfEventAttr
{
    public uint Type;
    public uint Size;
    public ulong Config;
    public ulong SamplePeriod; // or a frequency
    public ulong SampleType;
    public ulong ReadFormat;
    public PerfEventFlags Flags;
    public uint WakeupEvents; // or a watermark in bytes
    public uint BpType;
    public ulong Config1; // kprobe_func, uprobe_path
    public ulong Config2; // kprobe_addr, probe_offset
    public ulong BranchSampleType;
    public ulong SampleRegsUser;
    public uint SampleStackUser;
    public int Clockid;
    public ulong SampleRegsIntr;
    public uint AuxWatermark;
    public ushort SampleMaxStack;
    public ushort Reserved2;
}
