// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Ruche.Trace.Tests.Running;

internal sealed partial class Activities
{
    private static void Start(string path, params string[] arguments)
    {
        using var process = Process.Start(path, arguments);
        process.WaitForExit();
    }

    // The kernel has no way to run an empty file.
    private void StartNoProgram()
    {
        string path = Path.Combine(_directory, "ruche-empty");
        File.WriteAllBytes(path, []);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Throws<Win32Exception>(() => Process.Start(path, ["one"]));
    }

    private static void StartForASecond()
    {
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(1.5)) Start("/bin/sh", "-c", ":");
    }

    private static void Type()
    {
        ProcessStartInfo start = new("/bin/bash", ["--norc", "--noprofile", "-i"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HISTFILE"] = "";
        using var shell = Process.Start(start)!;
        shell.StandardInput.WriteLine("echo ruche");
        shell.StandardInput.Close();
        shell.StandardError.ReadToEnd();
        shell.WaitForExit();
    }

    private static void ChangeUser()
    {
        const int Nobody = 65534;
        OnThread("ruche-user", () =>
        {
            _ = SetFileUser(Nobody);
            _ = SetFileUser(0);
        });
    }

    // The group of processes has 16 MB; tail keeps what it has not seen the end of.
    private static void RunOutOfMemory() => InLittleMemory("exec tail /dev/zero");

    // A program that needs more memory than it may have, and gets swap.
    private static void Swap()
    {
        string file = Path.Combine(Path.GetTempPath(), $"ruche-swap-{Environment.ProcessId}");
        Start("/bin/sh", "-c", $"truncate -s 48M {file} && mkswap {file} && losetup /dev/loop5 {file} && swapon /dev/loop5");
        InLittleMemory("exec dd if=/dev/zero of=/dev/null bs=24M count=2");
        Start("/bin/sh", "-c", $"swapoff /dev/loop5; losetup -d /dev/loop5; rm {file}");
    }

    private static void InLittleMemory(string command)
    {
        const string Unified = "/sys/fs/cgroup/cgroup.controllers";
        bool isUnified = File.Exists(Unified);
        if (isUnified) File.WriteAllText("/sys/fs/cgroup/cgroup.subtree_control", "+memory");
        string group = (isUnified ? "/sys/fs/cgroup/ruche-" : "/sys/fs/cgroup/memory/ruche-") + Environment.ProcessId;
        Directory.CreateDirectory(group);
        try
        {
            File.WriteAllText(Path.Combine(group, isUnified ? "memory.max" : "memory.limit_in_bytes"), "16777216");
            Start("/bin/sh", "-c", $"echo $$ >{group}/cgroup.procs && {command}");
        }
        finally
        {
            Directory.Delete(group);
        }
    }

    // For pages of 2 MiB, which the kernel then gathers until there is no more to gather, and gets back at once.
    private static void AskForAllMemory()
    {
        const int PageKilobytes = 2048;
        string free = File.ReadLines("/proc/meminfo").First(l => l.StartsWith("MemFree:", StringComparison.Ordinal));
        int pages = (int.Parse(free.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / PageKilobytes) + 1;
        using var pool = File.OpenHandle("/proc/sys/vm/nr_hugepages", FileMode.Open, FileAccess.Write);
        RandomAccess.Write(pool, Encoding.ASCII.GetBytes(pages.ToString(CultureInfo.InvariantCulture)), 0);
        RandomAccess.Write(pool, "0"u8, 0);
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);

    [DllImport("libc", EntryPoint = "setfsuid")]
    private static extern int SetFileUser(int user);
}
