// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Tests.Samples;

/// <summary>Programs in C# at functions of the kernel and at system calls, with parameters of their own types.</summary>
public sealed class CSharpHookTests : KernelTest
{
    private const int Kprobe = 0, Fentry = 1, Kretprobe = 2, Fexit = 3;
    private const ulong SharesMemory = 0x100;
    private const int Exists = -17;

    [Fact]
    public void A_started_process_is_seen_where_functions_begin_and_return()
    {
        Assert.SkipUnless(Directory.Exists("/sys/bus/event_source/devices/kprobe"), "this kernel has no kprobes");
        using var hooks = CSharpObject.Open("TaskHooks");
        hooks.Global<uint>("Process").Value = (uint)Environment.ProcessId;
        hooks.Start();

        using var started = Process.Start("true");
        started.WaitForExit();

        // struct TaskEvent: side, process, parent, nothing, flags, the starter's name, its own name.
        var told = hooks.Records().FindAll(e => e.Number(4) == started.Id).ToDictionary(e => e.Number(0));
        Assert.Equal([Kprobe, Fentry, Kretprobe, Fexit], told.Keys.Order());
        Assert.All((ToldRecord[])[told[Kprobe], told[Fentry]], e =>
        {
            Assert.Equal(Environment.ProcessId, e.Number(8));
            Assert.Equal(e.Text(24, 16), e.Text(40, 16));
            Assert.NotEqual("", e.Text(40, 16));
        });

        // .NET starts processes by vfork.
        Assert.Equal(SharesMemory, told[Fexit].Word(16) & SharesMemory);
    }

    [Fact]
    public void A_system_call_is_seen_with_its_arguments_and_its_result()
    {
        Assert.SkipUnless(Directory.Exists("/sys/bus/event_source/devices/kprobe"), "this kernel has no kprobes");
        using var hooks = CSharpObject.Open("CallHooks");
        hooks.Global<uint>("Process").Value = (uint)Environment.ProcessId;
        hooks.Start();
        string folder = $"/tmp/ruche-{Guid.NewGuid():n}";

        _ = MakeFolder(folder, 0x1c0);
        _ = MakeFolder(folder, 0x1c1);
        Directory.Delete(folder);

        // struct CallEvent: whether it is a return, mode or result, path.
        var told = hooks.Records();
        int first = told.FindIndex(e => e.Text(8, 64) == folder);
        Assert.Equal([(0, 0x1c0), (1, 0), (0, 0x1c1), (1, Exists)], told.Skip(first).Take(4).Select(e => (e.Number(0), e.Number(4))));
    }

    [DllImport("libc", EntryPoint = "mkdir")]
    private static extern int MakeFolder([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);
}
