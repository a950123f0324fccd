// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using static Ruche.Bpf.Verifier.Prototypes.PrototypeWords;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <content>Control groups, and the system calls that programs of theirs watch.</content>
public static partial class HelperPrototypes
{
    private static HelperPrototype[] Cgroups() =>
    [
        Of(HelperId.GetCgroupClassid, 4, 3).Takes(Context),
        Of(HelperId.SkbUnderCgroup, 4, 8).Takes(Context, Map, Any),
        Of(HelperId.CurrentTaskUnderCgroup, 4, 9).Takes(Map, Any),
        Of(HelperId.SkbCgroupId, 4, 18).Takes(Context),
        Of(HelperId.GetCurrentCgroupId, 4, 18),
        Of(HelperId.SkbAncestorCgroupId, 4, 19).Takes(Context, Any),
        Of(HelperId.GetCurrentAncestorCgroupId, 5, 7).Takes(Any),
        Of(HelperId.SkCgroupId, 5, 8).Takes(AnySocket),
        Of(HelperId.SkAncestorCgroupId, 5, 8).Takes(AnySocket, Any),
        Of(HelperId.SkbCgroupClassid, 5, 10).Takes(Context),
        Of(HelperId.SysctlGetName, 5, 2).Takes(Context, InOut, Size, Any),
        Of(HelperId.SysctlGetCurrentValue, 5, 2).Takes(Context, Out, Size),
        Of(HelperId.SysctlGetNewValue, 5, 2).Takes(Context, Out, Size),
        Of(HelperId.SysctlSetNewValue, 5, 2).Takes(Context, In, Size),
        Of(HelperId.GetRetval, 5, 18),
        Of(HelperId.SetRetval, 5, 18).Takes(Any),
    ];
}
