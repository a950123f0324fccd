// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Helpers;

/// <summary>Helpers of programs on sockets.</summary>
internal static class SocketHelpers
{
    private const int CallbackFlagsField = 84;
    private const ulong CallbackFlags = 0x7f;

    public static HelperTable AddTo(HelperTable table) => table
        .With(HelperId.SkAssign, Assign)
        .With(HelperId.SkRelease, static (in HelperCall _) => 0)
        .With(HelperId.SkFullsock, static (in HelperCall call) => call.First)
        .With(HelperId.SockOpsCbFlagsSet, SetCallbackFlags);

    private static ulong Assign(in HelperCall call)
    {
        call.Run.Effects.Socket = call.Second;
        if (call.Run.Context?.Name == "bpf_sk_lookup") call.Run.SetLongField(0, call.Second);
        return 0;
    }

    private static ulong SetCallbackFlags(in HelperCall call)
    {
        call.Run.SetField(CallbackFlagsField, call.Second & CallbackFlags);
        return call.Second & ~CallbackFlags;
    }
}
