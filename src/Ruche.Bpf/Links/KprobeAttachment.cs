// SPDX-License-Identifier: MIT
using System.IO.Enumeration;
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Links;

/// <summary>Attaches programs to functions of the kernel.</summary>
public static class KprobeAttachment
{
    private const uint MultiReturn = 1;

    /// <summary>Attaches to a place of a kernel function: by the perf source, or through tracefs where there is none.</summary>
    /// <param name="program">A kprobe program.</param>
    /// <param name="function">The function's name.</param>
    /// <param name="offset">Bytes from its start.</param>
    /// <param name="isReturn">Whether to run the program at its return.</param>
    /// <param name="cookie">A number that the program reads with <c>bpf_get_attach_cookie</c>; needs Linux 5.15.</param>
    /// <exception cref="BpfException">ENOENT: the kernel has no kprobes, or no such function; EINVAL: it cannot be probed.</exception>
    public static BpfLink AttachKprobe(this BpfProgram program, string function, ulong offset = 0, bool isReturn = false, ulong cookie = 0)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentException.ThrowIfNullOrEmpty(function);
        string target = offset == 0 ? function : $"{function}+0x{offset:x}";
        string operation = $"attach '{program.Name}' to kernel function {target}";
        if (ProbeUnit.Find("kprobe") is not { } unit) return TracefsProbe.AttachKernel(program, function, offset, isReturn, cookie, operation);
        var perfEvent = unit.Open(function, offset, isReturn, 0, null, operation, errno => Hint(errno, function));
        return PerfEventAttachment.Attach(program, perfEvent, isReturn ? AttachKind.Kretprobe : AttachKind.Kprobe, target, cookie);
    }

    /// <summary>Attaches to a system call, whatever its function is called on this kernel and processor.</summary>
    /// <exception cref="BpfException">ENOENT: the kernel has no kprobes, or no such system call.</exception>
    public static BpfLink AttachSystemCall(this BpfProgram program, string systemCall, bool isReturn = false, ulong cookie = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(systemCall);
        string prefix = KernelFunctions.HasSystemCallWrappers ? KernelFunctions.SystemCallPrefix : "__se_";
        return program.AttachKprobe($"{prefix}sys_{systemCall}", 0, isReturn, cookie);
    }

    /// <summary>Attaches to all kernel functions that match a pattern: by one link, or one probe each before Linux 5.18.</summary>
    /// <param name="program">A kprobe program; for one link it must have been loaded with the attach type for many.</param>
    /// <param name="pattern">The functions' names, with <c>*</c> and <c>?</c>.</param>
    /// <param name="isReturn">Whether to run the program at their returns.</param>
    /// <exception cref="BpfException">ENOENT: nothing matches; EOPNOTSUPP, EINVAL: the kernel has no such links.</exception>
    public static BpfLink AttachKprobes(this BpfProgram program, string pattern, bool isReturn = false)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        string operation = $"attach '{program.Name}' to kernel functions {pattern}";
        string[] names = pattern.AsSpan().IndexOfAny('*', '?') < 0 ? [pattern] : [.. KernelFunctions.Traceable().Where(n => FileSystemName.MatchesSimpleExpression(pattern, n, ignoreCase: false)).Distinct()];
        if (names.Length == 0) throw new BpfException(operation, Errno.ENOENT, Hint(Errno.ENOENT, pattern));
        return program.AttachType is AttachType.TraceKprobeMulti or AttachType.TraceKprobeSession
            ? AttachMulti(program, names, isReturn, pattern, operation)
            : LinkGroup.Attach(isReturn ? AttachKind.Kretprobe : AttachKind.Kprobe, program.Name, pattern, names, name => program.AttachKprobe(name, 0, isReturn));
    }

    private static unsafe KernelLink AttachMulti(BpfProgram program, string[] names, bool isReturn, string pattern, string operation)
    {
        nint[] texts = [.. names.Select(Marshal.StringToCoTaskMemUTF8)];
        try
        {
            // SAFETY: the array is pinned, and the names it points to are freed, after the call.
            fixed (nint* symbols = texts)
            {
                LinkCreateAttr attr = new()
                {
                    ProgFd = (uint)program.Fd.Value,
                    AttachType = (uint)(program.AttachType ?? AttachType.TraceKprobeMulti),
                    KprobeMultiSyms = (ulong)symbols,
                    KprobeMultiCnt = (uint)texts.Length,
                    KprobeMultiFlags = isReturn ? MultiReturn : 0,
                };
                Errno errno = BpfSyscall.Try(BpfCommand.LinkCreate, ref attr, out int fd);
                GC.KeepAlive(program);
                return errno is Errno.None
                    ? new(new BpfFd(fd), isReturn ? AttachKind.KretprobeMulti : AttachKind.KprobeMulti, program.Name, pattern)
                    : throw new BpfException(operation, errno, program.AttachType is AttachType.TraceKprobeSession
                        ? "the kernel needs Linux 6.10 with fprobe for pairs of entry and return"
                        : "the kernel needs Linux 5.18 with fprobe for probes of many functions");
            }
        }
        finally
        {
            foreach (nint text in texts) Marshal.FreeCoTaskMem(text);
        }
    }

    private static string? Hint(Errno errno, string function) => errno switch
    {
        Errno.ENOENT => NearestNames.Question(function, KernelFunctions.Traceable()) is { } question
            ? $"the kernel has no function '{function}'; {question}"
            : $"the kernel has no function '{function}' that can be probed",
        Errno.EINVAL or Errno.EILSEQ or Errno.EADDRNOTAVAIL => $"'{function}' cannot be probed there (inlined, blacklisted, or not an instruction's start)",
        _ => null,
    };
}
