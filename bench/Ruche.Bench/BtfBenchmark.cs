// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bench;

/// <summary>Opens vmlinux BTF and finds task_struct, then seven more, by when the names have been indexed: what a fresh process pays.</summary>
internal static class BtfBenchmark
{
    private static readonly string[] More = ["sock", "file", "inode", "net_device", "sk_buff", "cred", "nsproxy"];

    public static void Run()
    {
        long before = AnonymousBytes();
        long first = Measure.Time(static () => Find("task_struct"));
        long more = Measure.Time(static () => Array.ForEach(More, Find));
        Measure.Print("btf_open_find", first);
        Measure.Print("btf_open_find_many", first + more);
        Measure.Print("btf_memory", AnonymousBytes() - before);
    }

    private static void Find(string name)
    {
        if (!KernelTypes.Running.TryFind(BtfKind.Struct, name, out _)) throw new InvalidOperationException($"no {name}");
    }

    /// <summary>Resident memory of this process without file pages that others share.</summary>
    private static long AnonymousBytes()
    {
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("RssAnon:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan("RssAnon:".Length).Trim(" \tkB"), CultureInfo.InvariantCulture) * 1024;
    }
}
