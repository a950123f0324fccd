// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Links;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Loading;

/// <summary>Attaches a program where its section says.</summary>
internal sealed class SectionAttachment(AttachOptions options, IReadOnlyDictionary<string, BpfMap>? maps)
{
    /// <summary>Attaches a program; one that its section and the options do not place is left alone, with the reason.</summary>
    /// <exception cref="BpfException">The kernel refuses, or the place does not exist.</exception>
    public AttachOutcome Attach(BpfProgram program) => program.Spec is { } spec
        ? Attach(program, spec, spec.AttachTarget)
        : Left(program, "it was not loaded from an object");

    private AttachOutcome Attach(BpfProgram program, ProgramSpec spec, string target) => spec.Attach switch
    {
        AttachKind.Tracepoint => AttachTracepoint(program, target),
        AttachKind.RawTracepoint when target.Length > 0 => Done(program, program.AttachRawTracepoint(target)),
        AttachKind.BtfTracepoint or AttachKind.Fentry or AttachKind.Fexit or AttachKind.ModifyReturn or AttachKind.FunctionSession
            or AttachKind.Freplace or AttachKind.Lsm => Done(program, program.AttachTracing()),
        AttachKind.Kprobe or AttachKind.Kretprobe when target.Length > 0 => AttachKprobe(program, target, spec.Attach is AttachKind.Kretprobe),
        AttachKind.Ksyscall or AttachKind.Kretsyscall when target.Length > 0 =>
            Done(program, program.AttachSystemCall(target, spec.Attach is AttachKind.Kretsyscall)),
        AttachKind.KprobeMulti or AttachKind.KretprobeMulti or AttachKind.KprobeSession when target.Length > 0 =>
            Done(program, program.AttachKprobes(target, spec.Attach is AttachKind.KretprobeMulti)),
        AttachKind.FentryMulti or AttachKind.FexitMulti or AttachKind.FunctionSessionMulti when target.Length > 0 =>
            Done(program, program.AttachFunctions(target)),
        AttachKind.Uprobe or AttachKind.Uretprobe => AttachUprobe(program, target, spec.Attach is AttachKind.Uretprobe),
        AttachKind.UprobeMulti or AttachKind.UretprobeMulti or AttachKind.UprobeSession =>
            AttachUprobes(program, target, spec.Attach is AttachKind.UretprobeMulti),
        AttachKind.Iterator => AttachIterator(program, target),
        AttachKind.PerfEvent => Done(program, program.AttachPerfEvent(options.PerfEvent with { Pid = options.PerfEvent.Pid ?? options.Pid })),
        AttachKind.Xdp => OnInterface(program, name => program.AttachXdp(name, options.XdpMode)),
        AttachKind.TcIngress => OnInterface(program, name => program.AttachTc(name, TcDirection.Ingress)),
        AttachKind.TcEgress => OnInterface(program, name => program.AttachTc(name, TcDirection.Egress)),
        AttachKind.NetkitPrimary => OnInterface(program, name => program.AttachNetkit(name, isPeer: false)),
        AttachKind.NetkitPeer => OnInterface(program, name => program.AttachNetkit(name, isPeer: true)),
        AttachKind.Cgroup or AttachKind.LsmCgroup => AttachCgroup(program),
        AttachKind.SockMap => AttachSockMap(program),
        AttachKind.NetNamespace => Done(program, program.AttachNetNamespace(options.NetNamespace)),
        AttachKind.Netfilter => options.Netfilter is { } hook
            ? Done(program, program.AttachNetfilter(hook))
            : Left(program, "no netfilter hook was given"),
        AttachKind.Usdt => AttachUsdt(program, target),
        AttachKind.Socket => Left(program, "attach it to a socket by hand"),
        AttachKind.StructOps => Left(program, "it is a member of a struct_ops map"),
        AttachKind.Syscall => Left(program, "it runs on request only"),
        AttachKind.None => Left(program, $"its section '{spec.Section}' does not say where to attach it"),
        _ => Left(program, $"its section '{spec.Section}' does not say what to attach it to"),
    };

    private static AttachOutcome Done(BpfProgram program, BpfLink link) => new(program, link, null);

    private static AttachOutcome Left(BpfProgram program, string reason) => new(program, null, reason);

    private static AttachOutcome AttachTracepoint(BpfProgram program, string target)
    {
        int split = target.IndexOfAny(['/', ':']);
        return split > 0 && split < target.Length - 1
            ? Done(program, program.AttachTracepoint(target[..split], target[(split + 1)..]))
            : Left(program, "its section names no trace point; write tracepoint/category/name");
    }

    private static AttachOutcome AttachKprobe(BpfProgram program, string target, bool isReturn)
    {
        int plus = target.IndexOf('+', StringComparison.Ordinal);
        if (plus < 0) return Done(program, program.AttachKprobe(target, 0, isReturn));
        var digits = target.AsSpan(plus + 1);
        bool isHex = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return ulong.TryParse(
            isHex ? digits[2..] : digits, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out ulong offset)
            ? Done(program, program.AttachKprobe(target[..plus], offset, isReturn))
            : Left(program, $"'{target}' is no kernel function and offset");
    }

    private AttachOutcome AttachUprobe(BpfProgram program, string target, bool isReturn)
    {
        string? place = target.Contains(':', StringComparison.Ordinal) ? target : options.UserTarget;
        if (place is null) return Left(program, "its section names no place; write uprobe/path:function, or give one");
        return Done(program, program.AttachUprobe(UserTarget.Parse(place), new() { IsReturn = isReturn, Pid = options.Pid }));
    }

    private AttachOutcome AttachUprobes(BpfProgram program, string target, bool isReturn)
    {
        string? place = target.Contains(':', StringComparison.Ordinal) ? target : options.UserTarget;
        int colon = place?.LastIndexOf(':') ?? -1;
        if (colon <= 0) return Left(program, "its section names no functions; write uprobe.multi/path:pattern, or give them");
        return Done(program, program.AttachUprobes(place![..colon], place[(colon + 1)..], new() { IsReturn = isReturn, Pid = options.Pid }));
    }

    private AttachOutcome AttachUsdt(BpfProgram program, string target)
    {
        string? place = target.Length > 0 ? target : options.UserTarget;
        if (place is null) return Left(program, "its section names no static trace point; write usdt/path:provider:name, or give one");
        return Done(program, program.AttachUsdt(UsdtTarget.Parse(place), new() { Pid = options.Pid }));
    }

    private AttachOutcome AttachIterator(BpfProgram program, string target)
    {
        if (target is "bpf_map_elem" or "bpf_sk_storage_map" or "sockmap") return Left(program, $"iterators over {target} need a map; attach it by hand");
        bool takesProcess = target is "task" or "task_file" or "task_vma";
        return Done(program, program.AttachIterator(new IteratorOptions
        {
            Pid = takesProcess ? options.Pid : null,
            Cgroup = target is "cgroup" ? options.Cgroup : null,
        }));
    }

    private AttachOutcome OnInterface(BpfProgram program, Func<string, BpfLink> attach) => options.Interface is { } name
        ? Done(program, attach(name))
        : Left(program, "no network interface was given");

    private AttachOutcome AttachCgroup(BpfProgram program)
    {
        if (options.Cgroup is not { } path) return Left(program, "no cgroup was given");
        return program is { AttachType: null, Type: ProgramType.CgroupSkb }
            ? Left(program, "its section does not say ingress or egress; attach it by hand")
            : Done(program, program.AttachCgroup(path));
    }

    /// <summary>The only socket map of the object is the one that is meant.</summary>
    private AttachOutcome AttachSockMap(BpfProgram program)
    {
        if (maps is null) return Left(program, "attach it to a socket map by hand");
        BpfMap? only = null;
        foreach (var map in maps.Values)
        {
            if (map.Type is not (MapType.SockMap or MapType.SockHash)) continue;
            if (only is not null) return Left(program, "the object has several socket maps; attach it to one by hand");
            only = map;
        }

        return only is null ? Left(program, "the object has no socket map; attach it by hand") : Done(program, program.AttachSockMap(only));
    }
}
