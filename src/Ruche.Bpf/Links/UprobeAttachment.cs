// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Links;

/// <summary>Attaches programs to functions of user-space programs and libraries.</summary>
public static class UprobeAttachment
{
    private const uint MultiReturn = 1;

    /// <summary>Attaches to one place of a file.</summary>
    /// <param name="program">A kprobe program.</param>
    /// <param name="target">The place; a library or program without a path is searched for.</param>
    /// <param name="options">How; null for entries, of all processes.</param>
    /// <exception cref="BpfException">ENOENT: no such file or function; ESRCH: no such process.</exception>
    public static BpfLink AttachUprobe(this BpfProgram program, UserTarget target, UprobeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(target);
        options ??= new();
        string operation = $"attach '{program.Name}' to {target}";
        string path = UserFiles.Find(target.Path, operation);
        ulong offset = UserSymbols.OffsetOf(path, target, operation);
        return AttachAt(program, path, offset, options, target.ToString(), operation);
    }

    /// <summary>Attaches to all functions of a file that match a pattern: by one link, or one probe each before Linux 6.6.</summary>
    /// <param name="program">A kprobe program; for one link it must have been loaded with the attach type for many.</param>
    /// <param name="file">The file; a library or program without a path is searched for.</param>
    /// <param name="pattern">The functions' names, with <c>*</c> and <c>?</c>.</param>
    /// <param name="options">How; null for entries, of all processes.</param>
    /// <exception cref="BpfException">ENOENT: no such file, or nothing matches; ESRCH: no such process.</exception>
    public static BpfLink AttachUprobes(this BpfProgram program, string file, string pattern, UprobeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        options ??= new();
        string target = $"{file}:{pattern}";
        string operation = $"attach '{program.Name}' to {target}";
        string path = UserFiles.Find(file, operation);
        ulong[] offsets = UserSymbols.OffsetsOf(path, pattern, operation);
        UprobePlace[] places = [.. offsets.Select(offset => new UprobePlace(offset, options.CounterOffset, options.Cookie))];
        return AttachPlaces(program, path, places, options, target, operation);
    }

    /// <summary>Attaches to places of a file: by one link where program and kernel can, by one probe each otherwise.</summary>
    internal static BpfLink AttachPlaces(
        BpfProgram program, string path, UprobePlace[] places, UprobeOptions options, string target, string operation)
    {
        if (program.AttachType is AttachType.TraceUprobeMulti or AttachType.TraceUprobeSession)
            return AttachMulti(program, path, places, options, target, operation);
        return LinkGroup.Attach(Kind(options), program.Name, target, places, place => AttachAt(
            program, path, place.Offset, options with { CounterOffset = place.Counter, Cookie = place.Cookie }, $"{path}:0x{place.Offset:x}", operation));
    }

    private static BpfLink AttachAt(BpfProgram program, string path, ulong offset, UprobeOptions options, string target, string operation)
    {
        if (ProbeUnit.Find("uprobe") is not { } unit)
            return TracefsProbe.AttachUser(program, path, offset, options, target, operation);
        var perfEvent = unit.Open(path, offset, options.IsReturn, options.CounterOffset, options.Pid, operation, errno => Hint(errno, path, offset, options));
        return PerfEventAttachment.Attach(program, perfEvent, Kind(options), target, options.Cookie);
    }

    private static unsafe KernelLink AttachMulti(
        BpfProgram program, string path, UprobePlace[] places, UprobeOptions options, string target, string operation)
    {
        ulong[] offsets = [.. places.Select(p => p.Offset)];
        ulong[] cookies = Array.Exists(places, p => p.Cookie != 0) ? [.. places.Select(p => p.Cookie)] : [];
        ulong[] counters = Array.Exists(places, p => p.Counter != 0) ? [.. places.Select(p => p.Counter)] : [];

        // SAFETY: path and arrays are pinned during the call; each array is empty, and so null, or has as many entries as are counted.
        fixed (byte* name = CString.From(path))
        fixed (ulong* starts = offsets, numbers = cookies, semaphores = counters)
        {
            LinkCreateAttr attr = new()
            {
                ProgFd = (uint)program.Fd.Value,
                AttachType = (uint)(program.AttachType ?? AttachType.TraceUprobeMulti),
                UprobeMultiPath = (ulong)name,
                UprobeMultiOffsets = (ulong)starts,
                UprobeMultiRefCtrOffsets = (ulong)semaphores,
                UprobeMultiCookies = (ulong)numbers,
                UprobeMultiCnt = (uint)offsets.Length,
                UprobeMultiFlags = options.IsReturn ? MultiReturn : 0,
                UprobeMultiPid = (uint)(options.Pid ?? 0),
            };
            Errno errno = BpfSyscall.Try(BpfCommand.LinkCreate, ref attr, out int fd);
            GC.KeepAlive(program);
            return errno is Errno.None
                ? new(new BpfFd(fd), options.IsReturn ? AttachKind.UretprobeMulti : AttachKind.UprobeMulti, program.Name, target)
                : throw new BpfException(operation, errno, Hint(errno, path, offsets[0], options) ?? Hints.For(BpfCommand.LinkCreate, errno));
        }
    }

    private static string? Hint(Errno errno, string path, ulong offset, UprobeOptions options) => errno switch
    {
        Errno.ESRCH => $"there is no process {options.Pid}",
        Errno.EINVAL => $"offset 0x{offset:x} of '{path}' is not the start of an instruction in its code, or the file system cannot be probed",
        Errno.ENOTSUPP or Errno.EOPNOTSUPP or Errno.EIO => $"the instruction at 0x{offset:x} of '{path}' cannot be probed",
        Errno.ENOENT => $"'{path}' is gone",
        _ => null,
    };

    private static AttachKind Kind(UprobeOptions options) => options.IsReturn ? AttachKind.Uretprobe : AttachKind.Uprobe;
}
