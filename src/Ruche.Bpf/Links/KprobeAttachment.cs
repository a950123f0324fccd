// SPDX-License-Identifier: MIT
using System.Text;
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
        if (pattern.AsSpan().IndexOfAny('*', '?') < 0) return Attach(program, [pattern], isReturn, pattern);
        var functions = KernelFunctions.Traceable(pattern);
        if (functions.Count == 0) throw new BpfException(Operation(program, pattern), Errno.ENOENT, Hint(Errno.ENOENT, pattern));

        return Attach(program, functions, isReturn, pattern);
    }

    /// <summary>Attaches to functions that were listed: by one link, or one probe each before Linux 5.18.</summary>
    /// <param name="program">A kprobe program; for one link it must have been loaded with the attach type for many.</param>
    /// <param name="functions">The functions.</param>
    /// <param name="isReturn">Whether to run the program at their returns.</param>
    /// <exception cref="BpfException">ESRCH, ENOENT: a function is missing; EOPNOTSUPP, EINVAL: the kernel has no such links.</exception>
    public static BpfLink AttachKprobes(this BpfProgram program, IReadOnlyCollection<TraceableFunction> functions, bool isReturn = false)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(functions);
        ArgumentOutOfRangeException.ThrowIfZero(functions.Count, nameof(functions));
        return Attach(program, functions, isReturn, TargetOf(functions.Count, functions.First().Name));
    }

    /// <summary>Attaches to kernel functions given by their names: by one link, or one probe each before Linux 5.18.</summary>
    /// <param name="program">A kprobe program; for one link it must have been loaded with the attach type for many.</param>
    /// <param name="functions">The functions' names.</param>
    /// <param name="isReturn">Whether to run the program at their returns.</param>
    /// <exception cref="BpfException">ESRCH, ENOENT: a function is missing; EOPNOTSUPP, EINVAL: the kernel has no such links.</exception>
    public static BpfLink AttachKprobes(this BpfProgram program, IReadOnlyCollection<string> functions, bool isReturn = false)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(functions);
        ArgumentOutOfRangeException.ThrowIfZero(functions.Count, nameof(functions));
        return Attach(program, [.. functions], isReturn, TargetOf(functions.Count, functions.First()));
    }

    private static string TargetOf(int count, string first) => count == 1 ? first : $"{count} functions";

    // Given addresses, the kernel need not look the names up among all its symbols.
    private static BpfLink Attach(BpfProgram program, IReadOnlyCollection<TraceableFunction> functions, bool isReturn, string target) =>
        IsForMany(program) && functions.All(f => f.Address != 0)
            ? AttachMulti(program, [.. functions.Select(f => f.Address)], areNames: false, isReturn, target)
            : Attach(program, [.. functions.Select(f => f.Name).Distinct()], isReturn, target);

    private static unsafe BpfLink Attach(BpfProgram program, string[] names, bool isReturn, string target)
    {
        if (!IsForMany(program))
        {
            return LinkGroup.Attach(
                isReturn ? AttachKind.Kretprobe : AttachKind.Kprobe, program.Name, target, names, name => program.AttachKprobe(name, 0, isReturn));
        }

        byte[] text = Encoding.UTF8.GetBytes(string.Join('\0', names) + '\0');
        ulong[] starts = new ulong[names.Length];

        // SAFETY: the text is pinned until the call has returned; each name in it ends with a zero.
        fixed (byte* first = text)
        {
            int start = 0;
            for (int i = 0; i < starts.Length; i++)
            {
                starts[i] = (ulong)(first + start);
                start += text.AsSpan(start).IndexOf((byte)0) + 1;
            }

            return AttachMulti(program, starts, areNames: true, isReturn, target);
        }
    }

    /// <summary>The places are addresses of the functions, or of their names.</summary>
    private static unsafe KernelLink AttachMulti(BpfProgram program, ulong[] places, bool areNames, bool isReturn, string target)
    {
        // SAFETY: the array is pinned during the call, and its length is given.
        fixed (ulong* entries = places)
        {
            LinkCreateAttr attr = new()
            {
                ProgFd = (uint)program.Fd.Value,
                AttachType = (uint)(program.AttachType ?? AttachType.TraceKprobeMulti),
                KprobeMultiSyms = areNames ? (ulong)entries : 0,
                KprobeMultiAddrs = areNames ? 0 : (ulong)entries,
                KprobeMultiCnt = (uint)places.Length,
                KprobeMultiFlags = isReturn ? MultiReturn : 0,
            };
            Errno errno = BpfSyscall.Try(BpfCommand.LinkCreate, ref attr, out int fd);
            GC.KeepAlive(program);
            return errno is Errno.None
                ? new(new BpfFd(fd), isReturn ? AttachKind.KretprobeMulti : AttachKind.KprobeMulti, program.Name, target)
                : throw new BpfException(Operation(program, target), errno, MultiHint(program, errno));
        }
    }

    private static bool IsForMany(BpfProgram program) => program.AttachType is AttachType.TraceKprobeMulti or AttachType.TraceKprobeSession;

    private static string Operation(BpfProgram program, string functions) => $"attach '{program.Name}' to kernel functions {functions}";

    private static string? MultiHint(BpfProgram program, Errno errno) => errno switch
    {
        Errno.EPERM or Errno.EACCES => Hints.For(errno),
        Errno.ESRCH => "the kernel has no such function, or it cannot be traced",
        _ when program.AttachType is AttachType.TraceKprobeSession => "the kernel needs Linux 6.10 with fprobe for pairs of entry and return",
        _ => "the kernel needs Linux 5.18 with fprobe for probes of many functions",
    };

    private static string? Hint(Errno errno, string function) => errno switch
    {
        Errno.ENOENT => NearestNames.Question(function, KernelFunctions.Traceable().Select(f => f.Name)) is { } question
            ? $"the kernel has no function '{function}'; {question}"
            : $"the kernel has no function '{function}' that can be probed",
        Errno.EINVAL or Errno.EILSEQ or Errno.EADDRNOTAVAIL => $"'{function}' cannot be probed there (inlined, blacklisted, or not an instruction's start)",
        _ => null,
    };
}
