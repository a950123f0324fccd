// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Runtime.CompilerServices;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bench;

/// <summary>Opens vmlinux BTF and finds task_struct, once: what a fresh process pays.</summary>
internal static class BtfBenchmark
{
    public static void Run()
    {
        // As the dynamic linker has loaded libbpf before its clock starts.
        RuntimeHelpers.RunModuleConstructor(typeof(KernelTypes).Module.ModuleHandle);
        RuntimeHelpers.RunModuleConstructor(typeof(BtfSpec).Module.ModuleHandle);
        long before = AnonymousBytes();
        long elapsed = Measure.Time(static () =>
        {
            if (!KernelTypes.Running.TryFind(BtfKind.Struct, "task_struct", out _)) throw new InvalidOperationException("no task_struct");
        });
        Measure.Print("btf_open_find", elapsed);
        Measure.Print("btf_memory", AnonymousBytes() - before);
    }

    /// <summary>Resident memory of this process without file pages that others share.</summary>
    private static long AnonymousBytes()
    {
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("RssAnon:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan("RssAnon:".Length).Trim(" \tkB"), CultureInfo.InvariantCulture) * 1024;
    }
}
