// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Tests.Running;

/// <summary>What a case may need of the host: <c>kprobes</c>, <c>fentry</c>, <c>a disk</c>, <c>a disk that interrupts</c>, <c>counters</c> of the processor, <c>little memory</c>, <c>ext4</c>, <c>x64</c>, a <c>module NAME</c>, or a file.</summary>
internal static class HostNeeds
{
    /// <summary>What the kernel says itself when it is asked for it.</summary>
    public const string Fentry = "fentry";

    private const long MuchMemory = 4L << 30;

    /// <summary>Skips the test, with the reason, where the host does not have it.</summary>
    public static void Check(string need)
    {
        switch (need)
        {
            case "kprobes": Assert.SkipUnless(Directory.Exists("/sys/bus/event_source/devices/kprobe"), "this kernel has no kprobes"); break;
            case "x64": Assert.SkipUnless(System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture is System.Runtime.InteropServices.Architecture.X64, "this processor is no x64"); break;
            case "counters": Assert.SkipUnless(Directory.Exists("/sys/bus/event_source/devices/cpu"), "this processor has no counters"); break;
            case "little memory": Assert.SkipUnless(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes < MuchMemory, "this host has too much memory to run short of"); break;
            case "a disk": Assert.SkipUnless(HasDisk() || Directory.Exists(Activities.Disk), "this host has no disk"); break;
            case "a disk that interrupts": Assert.SkipUnless(HasDisk(), "this host has no disk that interrupts"); break;
            case "ext4": Assert.SkipUnless(File.ReadLines("/proc/mounts").Any(l => l.Split(' ')[2] == "ext4"), "this host has no ext4"); break;
            case Fentry: break;
            case ['m', 'o', 'd', 'u', 'l', 'e', ' ', .. var name]: Assert.SkipUnless(Directory.Exists($"/sys/module/{name}"), $"the kernel's module {name} is not there"); break;
            default: Assert.SkipUnless(File.Exists(need), $"needs {need}"); break;
        }
    }

    // Disks in memory do not count: what is written to files does not go there.
    private static bool HasDisk() => Directory.EnumerateDirectories("/sys/block").Any(d => Path.GetFileName(d) is ['v' or 's' or 'x', .., 'd', _] or ['n', 'v', 'm', 'e', ..]);
}
