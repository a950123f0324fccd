// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Links;

/// <summary>Attaches programs to hooks of a network namespace: socket lookup, flow dissection, netfilter.</summary>
public static class NetNamespaceAttachment
{
    /// <summary>Attaches a socket lookup or flow dissector program to a network namespace.</summary>
    /// <param name="program">The program.</param>
    /// <param name="path">The namespace's file, such as <c>/run/netns/blue</c>; null for the calling thread's own.</param>
    /// <exception cref="BpfException">EEXIST: the namespace has a flow dissector already; EINVAL: this kernel has no such hook.</exception>
    public static KernelLink AttachNetNamespace(this BpfProgram program, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        var hook = program.Type is ProgramType.FlowDissector ? AttachType.FlowDissector : AttachType.SkLookup;
        string target = $"network namespace {path ?? "of this process"} ({hook})";
        string operation = $"attach '{program.Name}' to {target}";
        using var space = FileDescriptors.OpenFile(path ?? "/proc/thread-self/ns/net", operation);
        LinkCreateAttr attr = new() { ProgFd = (uint)program.Fd.Value, TargetFd = (uint)space.Value, AttachType = (uint)hook };
        Errno errno = BpfSyscall.Try(BpfCommand.LinkCreate, ref attr, out int fd);
        GC.KeepAlive(program);
        if (errno is Errno.None) return new(new BpfFd(fd), AttachKind.NetNamespace, program.Name, target);
        throw new BpfException(operation, errno, errno switch
        {
            Errno.E2BIG or Errno.EEXIST when hook is AttachType.FlowDissector =>
                "the namespace, or the first one, has a flow dissector already, and there can be only one; end that one first",
            Errno.EINVAL => $"'{path}' is no network namespace, or this kernel has no such hook",
            _ => Hints.For(BpfCommand.LinkCreate, errno),
        });
    }

    /// <summary>Attaches a netfilter program to the current network namespace. Needs Linux 6.4.</summary>
    /// <exception cref="BpfException">EBUSY: a program with that priority is there; EPERM, EINVAL: the priority is the kernel's own.</exception>
    public static KernelLink AttachNetfilter(this BpfProgram program, NetfilterOptions options)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(options);
        LinkCreateAttr attr = new()
        {
            ProgFd = (uint)program.Fd.Value,
            AttachType = (uint)AttachType.Netfilter,
            NetfilterPf = (uint)options.Family,
            NetfilterHooknum = (uint)options.Hook,
            NetfilterPriority = options.Priority,
            NetfilterFlags = options.Defragment ? 1u : 0,
        };
        string target = $"netfilter {options.Family} {options.Hook} at priority {options.Priority}";
        Errno errno = BpfSyscall.Try(BpfCommand.LinkCreate, ref attr, out int fd);
        GC.KeepAlive(program);
        if (errno is Errno.None) return new(new BpfFd(fd), AttachKind.Netfilter, program.Name, target);
        throw new BpfException($"attach '{program.Name}' to {target}", errno, errno switch
        {
            Errno.EBUSY => "another netfilter program has that priority; choose another one",
            Errno.EPERM or Errno.EINVAL => "the lowest and highest priorities are the kernel's own; choose one between",
            Errno.EOPNOTSUPP or Errno.EAFNOSUPPORT => "this kernel has no defragmentation, or no such family",
            _ => Hints.For(BpfCommand.LinkCreate, errno),
        });
    }
}
