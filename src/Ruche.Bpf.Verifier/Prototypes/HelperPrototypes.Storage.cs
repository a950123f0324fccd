// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using static Ruche.Bpf.Verifier.Prototypes.PrototypeWords;
using static Ruche.Bpf.Verifier.Values.ValueFlags;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <content>Storage that belongs to an object of the kernel.</content>
public static partial class HelperPrototypes
{
    private static HelperPrototype[] Storage() =>
    [
        Of(HelperId.GetLocalStorage, 4, 19).Takes(Map, Any).Returns(ResultKind.MapValue),
        Of(HelperId.SkStorageGet, 5, 2).Takes(Map, AnySocket, ValueOrNull, Any).Returns(ResultKind.MapValue, MayBeNull),
        Of(HelperId.SkStorageDelete, 5, 2).Takes(Map, AnySocket),
        Of(HelperId.InodeStorageGet, 5, 10).Takes(Map, OrNull(ObjectOf("inode")), ValueOrNull, Any).Returns(ResultKind.MapValue, MayBeNull),
        Of(HelperId.InodeStorageDelete, 5, 10).Takes(Map, OrNull(ObjectOf("inode"))),
        Of(HelperId.TaskStorageGet, 5, 11).Takes(Map, OrNull(ObjectOf("task_struct")), ValueOrNull, Any).Returns(ResultKind.MapValue, MayBeNull),
        Of(HelperId.TaskStorageDelete, 5, 11).Takes(Map, OrNull(ObjectOf("task_struct"))),
        Of(HelperId.CgrpStorageGet, 6, 2).Takes(Map, OrNull(ObjectOf("cgroup")), ValueOrNull, Any).Returns(ResultKind.MapValue, MayBeNull),
        Of(HelperId.CgrpStorageDelete, 6, 2).Takes(Map, OrNull(ObjectOf("cgroup"))),
    ];
}
