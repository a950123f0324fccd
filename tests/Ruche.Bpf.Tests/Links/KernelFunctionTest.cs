// SPDX-License-Identifier: MIT
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Tests.Loading;

namespace Ruche.Bpf.Tests.Links;

/// <summary>A test of hooks of kernel functions, with a system call that is easy to count.</summary>
public abstract class KernelFunctionTest : KernelTest
{
    // Compiles before it skips: a virtual machine has kprobes but no compiler, and takes what the host has compiled.
    protected static void NeedsKprobes(string source)
    {
        TestObject.Read(source);
        if (!Directory.Exists("/sys/bus/event_source/devices/kprobe")) Assert.Skip("this kernel has no kprobes");
    }

    protected static BpfObject Load(string source)
    {
        var loaded = TestObject.Load(source);
        loaded.Global<int>("target_pid").Value = Environment.ProcessId;
        return loaded;
    }

    protected static BpfObject LoadHooks(string source)
    {
        var opened = TestObject.Open(source);
        SkipWhenRefused(() => opened.Load());
        opened.Global<int>("target_pid").Value = Environment.ProcessId;
        return opened;
    }

    /// <summary>Hardened kernels refuse to patch functions; the others must not.</summary>
    protected static void SkipWhenRefused(Action action)
    {
        if (Record.Exception(action) is not { } failure) return;
        if (failure is BpfException { Errno: Errno.EPERM }) Assert.Skip(failure.Message);
        ExceptionDispatchInfo.Throw(failure);
    }

    protected static void MakeSystemCalls()
    {
        for (int i = 0; i < 20; i++) _ = GetGroup(0);
    }

    [DllImport("libc", EntryPoint = "getpgid")]
    private static extern int GetGroup(int pid);
}
