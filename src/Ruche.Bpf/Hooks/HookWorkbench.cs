// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Links;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Objects;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Hooks;

/// <summary>
/// Where hooks are tried: a network namespace and a cgroup of its own. To be used on a thread that ends with it, since the thread
/// moves into the namespace for good.
/// </summary>
internal sealed class HookWorkbench : IDisposable
{
    private const int NewNetworkNamespace = 0x40000000;
    private const string Program = "ruche_trial";

    private readonly string? _noNetwork;
    private readonly string? _cgroup;

    public HookWorkbench()
    {
        if (Libc.Unshare(NewNetworkNamespace) < 0) _noNetwork = $"no network namespace to try it in: {Failure.LastErrno}";
        _cgroup = MakeCgroup();
    }

    public HookTrial Try(KernelHook hook)
    {
        var spec = SpecOf(hook);
        var kind = spec.Programs[0].Attach;
        if (IsNetwork(kind) && _noNetwork is not null) return new(hook, HookState.Unknown, "", _noNetwork);
        if (kind is AttachKind.Cgroup or AttachKind.LsmCgroup && _cgroup is null)
            return new(hook, HookState.Unknown, "", "no cgroup to try it in: cgroup2 is not mounted, or this process may not make cgroups");
        try
        {
            using var loaded = BpfObject.Open(spec).Load();
            return new(hook, HookState.Works, Attach(loaded, hook, kind), "");
        }
        catch (BpfException refusal)
        {
            bool isRefused = refusal.Errno is Errno.EPERM or Errno.EACCES;
            return new(hook, isRefused ? HookState.Refused : HookState.Missing, "", refusal.Hint ?? refusal.Message);
        }
    }

    public void Dispose()
    {
        if (_cgroup is not null) Directory.Delete(_cgroup);
    }

    /// <summary>Attaches and detaches, and says how it was attached.</summary>
    private string Attach(BpfObject loaded, KernelHook hook, AttachKind kind)
    {
        var program = loaded.Program(Program);
        if (kind is AttachKind.Syscall) return "no attachment needed";
        if (hook.IsClassifier) return Detach(program.AttachClassifier(NetworkInterface.Find("lo"), TcDirection.Ingress));
        if (kind is AttachKind.Socket)
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            return Detach(program.AttachSocket(socket));
        }

        var outcome = loaded.Attach(new()
        {
            Interface = "lo",
            Cgroup = _cgroup,
            Netfilter = new() { Hook = NetfilterHook.LocalIn },
        })[0];
        if (outcome.Link is LinkGroup group)
        {
            // A profile has one link for each CPU; the others have one for each place, where the kernel cannot do with one for all.
            return kind is AttachKind.PerfEvent ? group.Members[0].Mechanism : $"one {group.Members[0].Mechanism} each";
        }

        return outcome.Link?.Mechanism ?? throw new BpfException($"attach '{hook.Name}'", Errno.EINVAL, outcome.Reason);
    }

    private static string Detach(BpfLink link)
    {
        link.Dispose();
        return link.Mechanism;
    }

    private static ObjectSpec SpecOf(KernelHook hook)
    {
        var (definition, target, _) = SectionNames.Match(hook.Section);
        FunctionSpec entry = new()
        {
            Name = Program,
            Section = hook.Section,
            Instructions = [Insn.Mov64(Register.R0, 0), Insn.Exit()],
            IsGlobal = true,
        };
        return new()
        {
            Name = Program,
            ByteOrder = BitConverter.IsLittleEndian ? ByteOrder.Little : ByteOrder.Big,
            License = "Dual MIT/GPL",
            Maps = definition!.Attach is AttachKind.SockMap
                ? [new() { Name = "sockets", Section = ".maps", Type = MapType.SockMap, KeySize = 4, ValueSize = 4, MaxEntries = 1 }]
                : [],
            Programs =
            [
                new()
                {
                    Name = Program,
                    Section = hook.Section,
                    Entry = entry,
                    Type = definition.Type,
                    AttachType = definition.AttachType,
                    IsAttachTypeOptional = definition.IsAttachTypeOptional,
                    Attach = definition.Attach,
                    AttachTarget = target,
                    Flags = definition.Flags,
                },
            ],
        };
    }

    private static bool IsNetwork(AttachKind kind) =>
        kind is AttachKind.Xdp or AttachKind.TcIngress or AttachKind.TcEgress or AttachKind.NetNamespace or AttachKind.Netfilter;

    private static string? MakeCgroup()
    {
        if (KernelFileSystems.Cgroup2() is not { } root) return null;
        try
        {
            return Directory.CreateDirectory($"{root}/ruche-trial-{Environment.ProcessId}").FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
