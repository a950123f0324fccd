// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Diagnostics;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Objects.Tests.Btf;

/// <summary>Real BTF to test with: the running kernel's, and what clang makes of C text.</summary>
internal static class BtfSamples
{
    private static readonly ConcurrentDictionary<(string Source, string Target), Lazy<CompiledObject>> Compiled = new();
    private static readonly Lazy<BtfSpec> Kernel = new(() => BtfSpec.Read(File.ReadAllBytes(KernelPath)));

    public const string KernelPath = "/sys/kernel/btf/vmlinux";

    public const string Program = """
        typedef unsigned int u32;
        typedef unsigned long long u64;
        enum color { RED, GREEN = 7, BLUE = -1 };
        union word { u32 whole; unsigned char bytes[4]; };
        struct list { struct list *next; const char *name; };
        struct later;
        struct bits { int a : 3; unsigned b : 7; u64 c : 40; _Bool d : 1; char tail; };
        struct event {
            u32 pid; char comm[16]; struct list entries[2]; union word w; enum color color;
            struct { short x; volatile short y; } at; int (*call)(struct event *, ...); struct bits bits; struct later *l; double ratio;
        } __attribute__((aligned(16)));
        struct packed { char a; long b; } __attribute__((packed));
        #define SEC(name) __attribute__((section(name), used))
        struct event last SEC(".data");
        const volatile u32 limit SEC(".rodata") = 3;
        static struct packed hidden SEC(".bss");
        extern int declared(const struct packed *restrict p, u64 n);
        static __attribute__((noinline)) u64 sum(struct event *e, u64 n) { return e->pid + n + hidden.b; }
        SEC("tracepoint/x") int first(struct event *e) { last.pid = e->pid; return (int)sum(e, limit); }
        SEC("tracepoint/x") int second(struct bits *b) { return b->b + b->c; }
        SEC("xdp") int third(void *context) { return context != 0; }
        char _license[] SEC("license") = "GPL";
        """;

    /// <summary>Both byte orders clang compiles for.</summary>
    public static TheoryData<string> Targets => ["bpfel", "bpfeb"];

    public static BtfSpec OpenKernel()
    {
        Assert.SkipUnless(File.Exists(KernelPath), $"{KernelPath} is missing");
        return Kernel.Value;
    }

    public static CompiledObject Compile(string source = Program, string target = "bpfel") =>
        Compiled.GetOrAdd((source, target), key => new(() => CompileNow(key.Source, key.Target))).Value;

    public static string Run(string tool, params string[] arguments)
    {
        ProcessStartInfo start = new(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{tool} did not start");
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{tool} {string.Join(' ', arguments)}: {errors.Result}");
        return output;
    }

    private static CompiledObject CompileNow(string source, string target)
    {
        var directory = Directory.CreateTempSubdirectory("ruche-btf-");
        try
        {
            string c = Path.Combine(directory.FullName, "sample.c");
            string o = Path.Combine(directory.FullName, "sample.o");
            File.WriteAllText(c, source);
            Run("clang", "-target", target, "-g", "-O2", "-c", c, "-o", o);
            return new(File.ReadAllBytes(o), Section(o, ".BTF"), Section(o, ".BTF.ext"));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    public static byte[] Section(string file, string name)
    {
        string target = file + name;
        Run("llvm-objcopy", $"--dump-section={name}={target}", file, "/dev/null");
        return File.ReadAllBytes(target);
    }

    /// <summary>An object file by clang, and its two BTF sections.</summary>
    internal sealed record CompiledObject(byte[] Elf, byte[] Btf, byte[] BtfExt);
}
