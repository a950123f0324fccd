// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Links;

/// <summary>Attaches iterator programs, which write text or records about kernel objects to whoever reads.</summary>
public static class IteratorAttachment
{
    private const string Explanation =
        "iterators over map elements need a map of a fitting kind, those over cgroups a cgroup, and only those over tasks can be limited to a process (Linux 6.1)";

    /// <summary>Attaches an iterator; read it with <see cref="KernelLink.OpenIterator"/>.</summary>
    /// <param name="program">An iterator program.</param>
    /// <param name="map">The map to walk, for iterators over map elements.</param>
    /// <param name="pid">The process whose tasks, files or memory are walked; null for all.</param>
    /// <exception cref="BpfException">EINVAL: the target needs a map, or cannot be limited to a process.</exception>
    public static KernelLink AttachIterator(this BpfProgram program, BpfMap? map = null, int? pid = null) =>
        program.AttachIterator(new IteratorOptions { Map = map, Pid = pid });

    /// <summary>Attaches an iterator; read it with <see cref="KernelLink.OpenIterator"/>.</summary>
    /// <exception cref="BpfException">EINVAL: the target needs a map or a cgroup, or cannot be limited to a process.</exception>
    public static KernelLink AttachIterator(this BpfProgram program, IteratorOptions options)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(options);
        string target = $"iterator {program.Spec?.AttachTarget ?? program.Name}";
        string operation = $"attach '{program.Name}' to {target}";
        using var cgroup = options.Cgroup is { } path ? FileDescriptors.OpenDirectory(path, operation) : null;
        bool walksCgroups = cgroup is not null || program.Spec?.AttachTarget is "cgroup";
        IteratorTarget parameters = walksCgroups
            ? new() { First = (uint)options.Order, Second = (uint)(cgroup?.Value ?? 0) }
            : new() { First = (uint)(options.Map?.Fd.Value ?? 0), Second = (uint)(options.Pid ?? 0) };
        bool hasParameters = walksCgroups || options.Map is not null || options.Pid is not null;
        unsafe
        {
            // SAFETY: the parameters live on this stack frame during the call and their size is given.
            LinkCreateAttr attr = new()
            {
                ProgFd = (uint)program.Fd.Value,
                AttachType = (uint)AttachType.TraceIter,
                IterInfo = hasParameters ? (ulong)&parameters : 0,
                IterInfoLen = hasParameters ? (uint)sizeof(IteratorTarget) : 0,
            };
            Errno errno = BpfSyscall.Try(BpfCommand.LinkCreate, ref attr, out int fd);
            GC.KeepAlive(program);
            GC.KeepAlive(options.Map);
            if (errno is Errno.None) return new(new BpfFd(fd), AttachKind.Iterator, program.Name, target);
            throw new BpfException(operation, errno, errno is Errno.EINVAL or Errno.EBADF or Errno.E2BIG ? Explanation : Hints.For(BpfCommand.LinkCreate, errno));
        }
    }

    /// <summary>Attaches an iterator, reads all it writes as text, and detaches it.</summary>
    public static string ReadIterator(this BpfProgram program, BpfMap? map = null, int? pid = null)
    {
        using var link = program.AttachIterator(map, pid);
        using StreamReader reader = new(link.OpenIterator(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>Attaches an iterator that writes records of one type (<c>bpf_seq_write</c>), reads them all, and detaches it.</summary>
    /// <typeparam name="T">The record, laid out as the program writes it.</typeparam>
    /// <param name="program">An iterator program.</param>
    /// <param name="options">What it walks; null for everything.</param>
    /// <exception cref="BpfException">EBADMSG: what it wrote is not a whole number of records.</exception>
    public static ImmutableArray<T> ReadRecords<T>(this BpfProgram program, IteratorOptions? options = null)
        where T : unmanaged
    {
        using var link = program.AttachIterator(options ?? new());
        using var stream = link.OpenIterator();
        using MemoryStream all = new();
        stream.CopyTo(all);
        var bytes = all.GetBuffer().AsSpan(0, (int)all.Length);
        if (bytes.Length % Unsafe.SizeOf<T>() != 0)
            throw new BpfException($"read records of iterator '{program.Name}'", Errno.EBADMSG,
                $"it wrote {bytes.Length} bytes, which are no whole number of {typeof(T).Name} of {Unsafe.SizeOf<T>()} bytes");
        return ImmutableArray.Create(MemoryMarshal.Cast<byte, T>(bytes));
    }

    /// <summary>
    /// <c>union bpf_iter_link_info</c>: a map; or a thread, process and process descriptor; or an order and a cgroup's descriptor.
    /// </summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct IteratorTarget
    {
        public uint First;
        public uint Second;
        public uint Third;
        public uint Padding;
    }
}
