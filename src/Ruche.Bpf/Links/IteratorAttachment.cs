// SPDX-License-Identifier: MIT
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
    /// <summary>Attaches an iterator; read it with <see cref="KernelLink.OpenIterator"/>.</summary>
    /// <param name="program">An iterator program.</param>
    /// <param name="map">The map to walk, for iterators over map elements.</param>
    /// <param name="pid">The process whose tasks, files or memory are walked; null for all.</param>
    /// <exception cref="BpfException">EINVAL: the target needs a map, or cannot be limited to a process.</exception>
    public static KernelLink AttachIterator(this BpfProgram program, BpfMap? map = null, int? pid = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        IteratorTarget parameters = new() { MapFdOrThread = (uint)(map?.Fd.Value ?? 0), Process = (uint)(pid ?? 0) };
        bool hasParameters = map is not null || pid is not null;
        string target = $"iterator {program.Spec?.AttachTarget ?? program.Name}";
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
            GC.KeepAlive(map);
            if (errno is Errno.None) return new(new BpfFd(fd), AttachKind.Iterator, program.Name, target);
            string? hint = errno is Errno.EINVAL or Errno.EBADF or Errno.E2BIG
                ? "iterators over map elements need a map, and only task iterators can be limited to a process (Linux 6.1)"
                : Hints.For(BpfCommand.LinkCreate, errno);
            throw new BpfException($"attach '{program.Name}' to {target}", errno, hint);
        }
    }

    /// <summary>Attaches an iterator, reads all it writes as text, and detaches it.</summary>
    public static string ReadIterator(this BpfProgram program, BpfMap? map = null, int? pid = null)
    {
        using var link = program.AttachIterator(map, pid);
        using StreamReader reader = new(link.OpenIterator(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary><c>union bpf_iter_link_info</c>: a map, or a thread, process and process descriptor.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct IteratorTarget
    {
        public uint MapFdOrThread;
        public uint Process;
        public uint ProcessFd;
        public uint Padding;
    }
}
