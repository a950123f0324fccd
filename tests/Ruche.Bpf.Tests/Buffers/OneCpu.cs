// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Tests.Buffers;

/// <summary>Runs something on one CPU, on a thread that ends with it.</summary>
internal static unsafe partial class OneCpu
{
    public static void Run(int cpu, Action action)
    {
        Exception? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                ulong* mask = stackalloc ulong[16];
                new Span<ulong>(mask, 16).Clear();
                mask[cpu / 64] = 1UL << cpu % 64;
                Assert.Equal(0, SetAffinity(0, 16 * sizeof(ulong), mask));
                action();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null) Assert.Fail(failure.ToString());
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int pid, nuint size, ulong* mask);
}
