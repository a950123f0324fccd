// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Ruche.Trace.Preamble;

namespace Ruche.Trace.Tests.Preamble;

/// <summary>The numbers that stand for headers, held against the headers.</summary>
public sealed partial class KernelConstantsTests
{
    [Fact]
    public void They_are_those_of_the_headers()
    {
        string[] names = [.. KernelConstants.Names.Where(n => !IsInside().IsMatch(n))];
        StringBuilder program = new("#define _GNU_SOURCE\n#include <errno.h>\n#include <fcntl.h>\n#include <sched.h>\n#include <limits.h>\n#include <linux/futex.h>\n#include <linux/icmp.h>\n#include <linux/icmpv6.h>\n#include <linux/if_ether.h>\n#include <linux/netfilter.h>\n#include <signal.h>\n#include <stddef.h>\n#include <stdio.h>\n#include <sys/mman.h>\n#include <sys/mount.h>\n#include <sys/ptrace.h>\n#include <sys/socket.h>\n#include <sys/stat.h>\n");
        foreach (string name in names)
        {
            // The C library says 0 where the kernel has a bit that it sets itself.
            if (name == "O_LARGEFILE") continue;
            program.Append($"_Static_assert((long long){name} == {KernelConstants.Find(name)}LL, \"{name}\");\n");
        }

        ProcessStartInfo info = new("gcc", ["-x", "c", "-fsyntax-only", "-"]) { RedirectStandardInput = true, RedirectStandardError = true };
        using var compiler = Process.Start(info)!;
        compiler.StandardInput.Write(program);
        compiler.StandardInput.Close();
        string said = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();

        Assert.True(compiler.ExitCode == 0, said);
        Assert.True(names.Length > 200, $"only {names.Length} names");
    }

    // These are in no header that programs get.
    [GeneratedRegex("^(TASK_|PF_|[NUM]SEC_PER_|FMODE_|REQ_OP_|SECTOR_|MINOR|PAGE_|[US](8|16|32)_MAX|BITS_PER_LONG|TCP_INIT_CWND)")]
    private static partial Regex IsInside();

    // What the second process is, the kernel says of it itself.
    [Fact]
    public void Flags_of_processes_are_the_kernels()
    {
        long flags = long.Parse(File.ReadAllText("/proc/2/stat").Split(") ")[1].Split(' ')[6], System.Globalization.CultureInfo.InvariantCulture);

        Assert.NotEqual(0, flags & KernelConstants.Find("PF_KTHREAD")!.Value);
        Assert.Equal(0, flags & KernelConstants.Find("PF_EXITING")!.Value);
    }

    [Theory]
    [InlineData("TASK_UNINTERRUPTIBLE", 2)]
    [InlineData("NSEC_PER_SEC", 1_000_000_000)]
    [InlineData("MINORMASK", 0xfffff)]
    [InlineData("BEES", null)]
    public void Others_are_known_too(string name, int? value) => Assert.Equal(value, KernelConstants.Find(name));
}
