// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Links;

/// <summary>Attaches programs to the kernel's static trace points.</summary>
public static class TracepointAttachment
{
    /// <summary>Attaches to a trace point with its formatted record as context; on all CPUs and for all processes.</summary>
    /// <param name="program">A tracepoint program.</param>
    /// <param name="category">The category, such as <c>raw_syscalls</c>.</param>
    /// <param name="name">The name, such as <c>sys_enter</c>.</param>
    /// <param name="cookie">A number that the program reads with <c>bpf_get_attach_cookie</c>; needs Linux 5.15.</param>
    /// <exception cref="BpfException">ENOENT: there is no such trace point; the hint names similar ones.</exception>
    public static BpfLink AttachTracepoint(this BpfProgram program, string category, string name, ulong cookie = 0)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentException.ThrowIfNullOrEmpty(category);
        ArgumentException.ThrowIfNullOrEmpty(name);
        string target = $"{category}:{name}";
        string operation = $"attach '{program.Name}' to trace point {target}";
        PerfEventAttr attr = new()
        {
            Type = PerfEvent.TypeTracepoint,
            Config = TraceEvents.IdOf(category, name, operation),
            SamplePeriod = 1,
            SampleType = PerfEvent.SampleRaw,
            WakeupEvents = 1,
            Flags = PerfEventFlags.Disabled,
        };

        // The program runs wherever the trace point is hit; the event's own CPU only limits its samples.
        var perfEvent = PerfEvent.Open(ref attr, pid: -1, cpu: 0, operation);
        return PerfEventAttachment.Attach(program, perfEvent, AttachKind.Tracepoint, target, cookie);
    }

    /// <summary>Attaches to a trace point with its raw arguments as context.</summary>
    /// <param name="program">A raw tracepoint program.</param>
    /// <param name="name">The name without category, such as <c>sys_enter</c>.</param>
    /// <exception cref="BpfException">ENOENT: there is no such trace point; the hint names similar ones.</exception>
    public static unsafe KernelLink AttachRawTracepoint(this BpfProgram program, string name)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentException.ThrowIfNullOrEmpty(name);
        // SAFETY: the name is zero-terminated and pinned during the call.
        fixed (byte* text = CString.From(name))
        {
            RawTracepointOpenAttr attr = new() { Name = (ulong)text, ProgFd = (uint)program.Fd.Value };
            Errno errno = BpfSyscall.Try(BpfCommand.RawTracepointOpen, ref attr, out int fd);
            GC.KeepAlive(program);
            if (errno is Errno.None) return new(new BpfFd(fd), AttachKind.RawTracepoint, program.Name, name);
            string? hint = errno is Errno.ENOENT ? TraceEvents.MissingRaw(name) : Hints.For(BpfCommand.RawTracepointOpen, errno);
            throw new BpfException($"attach '{program.Name}' to raw trace point {name}", errno, hint);
        }
    }
}
