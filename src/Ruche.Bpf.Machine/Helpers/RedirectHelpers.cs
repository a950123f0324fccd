// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Contexts;
using Ruche.Bpf.Machine.Runs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Helpers;

/// <summary>Helpers that send packets elsewhere: what they would do is kept in the run's result.</summary>
internal static unsafe class RedirectHelpers
{
    private const ulong ActionMask = 3;
    private const ulong Broadcast = 1 << 3;
    private const ulong ExcludeIngress = 1 << 4;
    private const int RouteParameters = 64;
    private const int NotForwarded = 4;

    public static HelperTable AddTo(HelperTable table) => table
        .With(HelperId.Redirect, static (in HelperCall call) => Send(call, RedirectKind.Interface, (uint)call.First, call.Second, isValid: call.Second <= (IsXdp(call) ? 0ul : 1)))
        .With(HelperId.RedirectMap, SendByMap)
        .With(HelperId.FibLookup, FindRoute);

    public static HelperTable AddForBuffersTo(HelperTable table) => AddTo(table)
        .With(HelperId.RedirectPeer, static (in HelperCall call) => Send(call, RedirectKind.Peer, (uint)call.First, 0, isValid: call.Second == 0))
        .With(HelperId.RedirectNeigh, static (in HelperCall call) => Send(call, RedirectKind.Neighbour, (uint)call.First, 0, isValid: call.Fourth == 0))
        .With(HelperId.CloneRedirect, Clone);

    private static bool IsXdp(in HelperCall call) => call.Run.Context?.Data is ContextData.Xdp;

    private static ulong Send(in HelperCall call, RedirectKind kind, uint target, ulong flags, bool isValid)
    {
        if (!isValid) return IsXdp(call) ? (ulong)XdpAction.Aborted : (ulong)TcAction.Shot;
        call.Run.Effects.Redirect = new(kind, target, flags);
        return IsXdp(call) ? (ulong)XdpAction.Redirect : (ulong)TcAction.Redirect;
    }

    private static ulong SendByMap(in HelperCall call)
    {
        ulong flags = call.Third;
        if ((flags & ~(ActionMask | Broadcast | ExcludeIngress)) != 0) return (ulong)XdpAction.Aborted;
        var map = call.Map(call.First);
        uint key = (uint)call.Second;
        if ((flags & Broadcast) == 0 && map.Lookup(new(&key, sizeof(uint)), call.Environment.Cpu) == 0) return flags & ActionMask;
        call.Run.Effects.Redirect = new(RedirectKind.Map, key, flags, map.Name);
        return (ulong)XdpAction.Redirect;
    }

    private static ulong Clone(in HelperCall call)
    {
        if (call.Third > 1) return Answers.Of(Errno.EINVAL);
        if (call.Run.Effects.Clones.Count == RunEffects.Most) return Answers.Of(Errno.ENOMEM);
        call.Run.Effects.Clones.Add(new(RedirectKind.Clone, (uint)call.Second, call.Third));
        return 0;
    }

    private static ulong FindRoute(in HelperCall call)
    {
        if ((int)call.Third < RouteParameters) return Answers.Of(Errno.EINVAL);
        var parameters = call.Write(call.Second, RouteParameters);
        return (ulong)(call.Environment.Routes?.Invoke(parameters, (uint)call.Fourth) ?? NotForwarded);
    }
}
