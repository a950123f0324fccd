// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Objects.Relocation;

/// <summary>What the kinds of relocation have in common.</summary>
internal static class CoreQuestion
{
    public static bool IsAboutType(CoreRelocationKind kind) => kind
        is CoreRelocationKind.TypeIdLocal or CoreRelocationKind.TypeIdTarget or CoreRelocationKind.TypeExists
        or CoreRelocationKind.TypeSize or CoreRelocationKind.TypeMatches;

    public static bool IsAboutEnumerator(CoreRelocationKind kind) =>
        kind is CoreRelocationKind.EnumValueExists or CoreRelocationKind.EnumValue;
}
