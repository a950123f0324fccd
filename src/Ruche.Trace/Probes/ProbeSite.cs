// SPDX-License-Identifier: MIT
using Ruche.Bpf.Links;

namespace Ruche.Trace.Probes;

/// <summary>
/// One place where a program runs: an attach point with wildcards, lists and short names resolved. <paramref name="Name"/> is what the builtin
/// <c>probe</c> says: <c>tracepoint:syscalls:sys_enter_read</c>. The set is closed.
/// </summary>
internal abstract record ProbeSite(string Name)
{
    /// <summary>The module of the kernel whose types tell of the place; null for the kernel's own, and where no module is known.</summary>
    public string? KernelModule => this switch
    {
        RawTracepoint x => x.Module,
        KernelProbe x => x.Module,
        KernelFunction x => x.Module,
        _ => null,
    };

    /// <summary>Before everything else is attached.</summary>
    public sealed record Begin() : ProbeSite("begin");

    /// <summary>After everything else is detached.</summary>
    public sealed record End() : ProbeSite("end");

    /// <summary>When the script's tests are run, or what is measured is, on request.</summary>
    public sealed record Test(string Name, bool IsBenchmark) : ProbeSite(Name);

    /// <summary>When the process that traces gets a signal.</summary>
    public sealed record Signal(string Name, int Number) : ProbeSite(Name);

    /// <summary>At regular times, on one CPU.</summary>
    public sealed record Interval(string Name, TimeRate Rate) : ProbeSite(Name);

    /// <summary>At regular times, on each CPU.</summary>
    public sealed record Profile(string Name, TimeRate Rate) : ProbeSite(Name);

    /// <summary>A static trace point, with the fields that tracefs tells.</summary>
    public sealed record Tracepoint(string Name, string Category, string Event) : ProbeSite(Name);

    /// <summary>A static trace point, with the arguments that the kernel's code gives it.</summary>
    public sealed record RawTracepoint(string Name, string? Module, string Event) : ProbeSite(Name);

    /// <summary>A kernel function or an instruction of it (kprobe), or its return (kretprobe).</summary>
    public sealed record KernelProbe(string Name, string? Module, string Function, ulong Offset, bool IsReturn) : ProbeSite(Name)
    {
        /// <summary>Where the function is patched, when a list has told it.</summary>
        public ulong Address { get; init; }
    }

    /// <summary>A kernel function's start or end, with typed arguments (fentry, fexit).</summary>
    public sealed record KernelFunction(string Name, string? Module, string Function, bool IsReturn) : ProbeSite(Name);

    /// <summary>
    /// The start or end of a function of a program that the kernel has loaded (fentry, fexit): <paramref name="Program"/> is the program's id, and
    /// <paramref name="Returns"/> the bytes of the number that the function returns, below zero for one with a sign.
    /// </summary>
    public sealed record ProgramFunction(string Name, uint Program, string Function, bool IsReturn, int Returns) : ProbeSite(Name);

    /// <summary>A function or an instruction of a file (uprobe), or its return (uretprobe). <paramref name="Function"/> is null for a bare place.</summary>
    public sealed record UserProbe(string Name, string Path, string? Function, ulong Offset, bool IsReturn) : ProbeSite(Name)
    {
        /// <summary>The static trace point that is there; null for other places.</summary>
        public UsdtPoint? Point { get; init; }
    }

    /// <summary>An access to memory.</summary>
    public sealed record Watchpoint(string Name, MemoryWatch Watch) : ProbeSite(Name);

    /// <summary>Each thing of a kind that the kernel goes through: <c>task</c>, <c>task_file</c> and so on.</summary>
    public sealed record Iterator(string Name, string Kind) : ProbeSite(Name)
    {
        /// <summary>
        /// Where the iterator is pinned, as written: a name is one in the BPF file system. It then runs each time that somebody reads the pin, and not
        /// for the trace; null for one that is not pinned.
        /// </summary>
        public string? Pin { get; init; }
    }

    /// <summary>A counter of the kernel, or of the processor, that has counted so many events, on each CPU.</summary>
    public sealed record Counter(string Name, bool IsHardware, ulong Event, ulong Count) : ProbeSite(Name);
}
