// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Links;

/// <summary>Attaches programs to perf events: by a BPF link where the kernel has them (5.15), by ioctl otherwise.</summary>
public static class PerfEventAttachment
{
    /// <summary>Runs a program on every sample of an event, one event for each CPU that is online.</summary>
    /// <exception cref="BpfException">The kernel has no such event (ENOENT), or refuses it.</exception>
    public static LinkGroup AttachPerfEvent(this BpfProgram program, PerfEventOptions options)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(options.Frequency + options.Period, nameof(options));
        string target = options.Describe();
        int[] cpus = options.Cpu is { } one ? [one] : CpuList.Online();
        return LinkGroup.Attach(AttachKind.PerfEvent, program.Name, target, cpus, cpu => AttachOne(program, options, cpu, target));
    }

    /// <summary>Sets a program on an open event and enables it. Takes ownership of the event, also when it fails.</summary>
    internal static BpfLink Attach(
        BpfProgram program, BpfFd perfEvent, AttachKind kind, string target, ulong cookie = 0, Action? cleanUp = null)
    {
        string operation = $"attach '{program.Name}' to {target}";
        BpfFd? link = null;
        try
        {
            link = TryLink(program, perfEvent, cookie, operation);
            if (link is null) PerfEvent.Control(perfEvent, PerfEvent.IoctlSetBpf, program.Fd.Value, operation);
            PerfEvent.Control(perfEvent, PerfEvent.IoctlEnable, 0, operation);
            GC.KeepAlive(program);
            return link is not null && cleanUp is null
                ? new KernelLink(link, kind, program.Name, target, perfEvent)
                : new PerfEventLink(perfEvent, kind, program.Name, target, Combine(link, cleanUp));
        }
        catch
        {
            link?.Dispose();
            perfEvent.Dispose();
            throw;
        }
    }

    private static Action? Combine(BpfFd? link, Action? cleanUp) => link is null ? cleanUp : () =>
    {
        link.Dispose();
        cleanUp?.Invoke();
    };

    /// <summary>Null when the kernel has no links for perf events.</summary>
    private static BpfFd? TryLink(BpfProgram program, BpfFd perfEvent, ulong cookie, string operation)
    {
        LinkCreateAttr attr = new()
        {
            ProgFd = (uint)program.Fd.Value,
            TargetFd = (uint)perfEvent.Value,
            AttachType = (uint)AttachType.PerfEvent,
            PerfEventBpfCookie = cookie,
        };
        Errno errno = BpfSyscall.Try(BpfCommand.LinkCreate, ref attr, out int fd);
        return errno switch
        {
            Errno.None => new BpfFd(fd),
            Errno.EINVAL when cookie == 0 => null,
            Errno.EINVAL => throw new BpfException(operation, errno, "cookies need BPF links for perf events (Linux 5.15)"),
            _ => throw Failure.Of(operation, BpfCommand.LinkCreate, errno),
        };
    }

    private static BpfLink AttachOne(BpfProgram program, PerfEventOptions options, int cpu, string target)
    {
        PerfEventAttr attr = new()
        {
            Type = options.Watch is null ? options.Type : PerfEvent.TypeBreakpoint,
            Config = options.Watch is null ? options.Config : 0,
            BpType = (uint)(options.Watch?.Accesses ?? 0),
            Config1 = options.Watch?.Address ?? 0,
            Config2 = (ulong)(options.Watch?.Length ?? 0),
            SamplePeriod = options.Frequency != 0 ? options.Frequency : options.Period,
            Flags = PerfEventFlags.Disabled | (options.Frequency != 0 ? PerfEventFlags.Frequency : 0) | (options.Inherit ? PerfEventFlags.Inherit : 0),
        };
        var perfEvent = PerfEvent.Open(ref attr, options.Pid ?? -1, cpu, $"open {target} on CPU {cpu}");
        return Attach(program, perfEvent, AttachKind.PerfEvent, $"{target} on CPU {cpu}", options.Cookie);
    }
}
