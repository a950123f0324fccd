// SPDX-License-Identifier: MIT
using Ruche.Bpf.Attachments;
using Ruche.Bpf.Links;
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;
using Ruche.Cli.Bpf.Programs;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Network;

/// <summary><c>ruche bpf net attach</c> and <c>detach</c>: programs on interfaces, without links.</summary>
internal static class AttachToInterface
{
    /// <summary>How the words of an attachment are written.</summary>
    public const string AttachSyntax = $"{Hooks} ({ProgramSelection.Syntax}) dev NAME [overwrite]";

    /// <summary>How the words of a detachment are written.</summary>
    public const string DetachSyntax = $"{Hooks} dev NAME";

    private const string Hooks = "(xdp|xdpgeneric|xdpdrv|xdpoffload|tcx_ingress|tcx_egress|netkit_primary|netkit_peer)";

    /// <summary>Attaches; it stays until it is detached or the interface is gone.</summary>
    public static int Attach(Invocation call)
    {
        (XdpMode? mode, AttachType hook) = TakeHook(call.Words);
        using BpfProgram program = ProgramSelection.TakeOne(call.Words);
        NetworkInterface device = TakeDevice(call.Words);
        bool replaces = mode is not null && call.Words.TryTake("overwrite");
        call.Words.End();
        if (mode is { } xdp) DirectAttachment.AttachXdp(program, device, xdp, replaces);
        else DirectAttachment.AttachToInterface(program, device, hook);
        return ExitCode.Done;
    }

    /// <summary>Detaches the XDP program, or the last program of the other hooks.</summary>
    public static int Detach(Invocation call)
    {
        (XdpMode? mode, AttachType hook) = TakeHook(call.Words);
        NetworkInterface device = TakeDevice(call.Words);
        call.Words.End();
        if (mode is { } xdp) DirectAttachment.DetachXdp(device, xdp);
        else DirectAttachment.DetachFromInterface(device, hook);
        return ExitCode.Done;
    }

    private static (XdpMode? Mode, AttachType Hook) TakeHook(CommandWords words)
    {
        string name = words.Take("the attach type");
        return name switch
        {
            "xdp" => (XdpMode.Auto, AttachType.Xdp),
            "xdpgeneric" => (XdpMode.Generic, AttachType.Xdp),
            "xdpdrv" => (XdpMode.Native, AttachType.Xdp),
            "xdpoffload" => (XdpMode.Offloaded, AttachType.Xdp),
            "tcx_ingress" => (null, AttachType.TcxIngress),
            "tcx_egress" => (null, AttachType.TcxEgress),
            "netkit_primary" => (null, AttachType.NetkitPrimary),
            "netkit_peer" => (null, AttachType.NetkitPeer),
            _ => throw words.Refuse($"there is no attach type '{name}' for interfaces"),
        };
    }

    private static NetworkInterface TakeDevice(CommandWords words) =>
        words.TryTake("dev") ? NetworkInterface.Find(words.Take("the device")) : throw words.Refuse("the device is missing");
}
