// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Contexts;

/// <summary>The contexts of probes, tracepoints and perf events. Registers are those of x86-64.</summary>
internal static class TracingFields
{
    private const int RegisterBytes = 168;
    private const int Arguments = 12;

    private static readonly KernelRelease WritableRegisters = new(6, 19);
    private static readonly KernelRelease LongTracepoints = new(5, 15);

    private static readonly string[] Registers =
    [
        "r15", "r14", "r13", "r12", "bp", "bx", "r11", "r10", "r9", "r8", "ax", "cx", "dx", "si", "di",
        "orig_ax", "ip", "cs", "flags", "sp", "ss",
    ];

    /// <summary><c>struct pt_regs</c>: of any register, any part. What writes one can then only be attached to user space.</summary>
    public static ContextTable Probe { get; } = new(
        "struct pt_regs",
        RegisterBytes,
        [.. WholeRegisters().Select(register => register with
        {
            Reads = AccessSizes.Any, Writes = AccessSizes.Any, Writers = Audience.Everyone, WritableSince = WritableRegisters,
        })]);

    /// <summary><c>struct bpf_perf_event_data</c>.</summary>
    public static ContextTable PerfEvent { get; } = new(
        "struct bpf_perf_event_data",
        RegisterBytes + 16,
        [
            .. WholeRegisters(),
            new("sample_period", RegisterBytes, 8) { Reads = AccessSizes.Any },
            new("addr", RegisterBytes + 8, 8) { Reads = AccessSizes.Any },
        ]);

    /// <summary>
    /// A tracepoint's record, after the eight bytes that belong to the kernel. It compares offsets without a sign there, and lets programs
    /// read before the record too.
    /// </summary>
    public static ContextTable Tracepoint { get; } = new(
        "a tracepoint's record",
        8192,
        new("before the record", short.MinValue, -short.MinValue, 1) { Reads = AccessSizes.Any },
        new("record", 8, 2040, 1) { Reads = AccessSizes.Any },
        new("record", 2048, 6144, 1) { Reads = AccessSizes.Any, Since = LongTracepoints })
    {
        Start = short.MinValue,
    };

    /// <summary><c>struct bpf_raw_tracepoint_args</c>.</summary>
    public static ContextTable RawTracepoint { get; } = new(
        "struct bpf_raw_tracepoint_args",
        Arguments * 8,
        new ContextField("args", 0, 8, Arguments) { Reads = AccessSizes.Any });

    /// <summary>The same for tracepoints that may be written to: the first argument is the buffer, when an access begins with it.</summary>
    public static ContextTable WritableRawTracepoint { get; } = new(
        "struct bpf_raw_tracepoint_args",
        Arguments * 8,
        new("args[0]", 0, 8) { Kind = ValueKind.TracepointBuffer, Extent = 1 },
        new("args[0]", 1, 7) { Reads = AccessSizes.UpToWord },
        new("args[1]", 8, 8, Arguments - 1) { Reads = AccessSizes.Any });

    private static IEnumerable<ContextField> WholeRegisters() => Registers.Select((name, index) => new ContextField(name, index * 8, 8));
}
