// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;

namespace Ruche.Bpf.Analyzers.Skeletons;

/// <summary>What a process sees maps as, by their types in <c>enum bpf_map_type</c>.</summary>
internal static class MapViews
{
    private const string Maps = "global::Ruche.Bpf.Maps.";

    /// <summary>A map of which nothing more is known.</summary>
    public const string Plain = Maps + "BpfMap";

    /// <summary>The view of a map and what kind of member it is; null when there is none for its type.</summary>
    public static (MemberKind Kind, string Type)? Of(int kind, ITypeSymbol[] types) => (kind, types.Length) switch
    {
        (1 or 9, 2) => View("BpfHashMap", types),
        (2, 1) => View("BpfArray", types),
        (5 or 10, 2) => View("BpfPerCpuHashMap", types),
        (6, 1) => View("BpfPerCpuArray", types),
        (11, 2) => Trie(types),
        (15, _) => View("BpfSocketMap<uint>", []),
        (18, > 0) => (MemberKind.Map, $"{Maps}BpfSocketMap<{SkeletonReader.NameOf(types[0])}>"),
        (22, 1) => View("BpfQueue", types),
        (23, 1) => View("BpfStack", types),
        (24, 1) => View("BpfSocketStorage", types),
        (27, 1) => (MemberKind.RingBuffer, SkeletonReader.NameOf(types[0])),
        (28, 1) => View("BpfInodeStorage", types),
        (29, 1) => View("BpfTaskStorage", types),
        (30, 1) => View("BpfBloomFilter", types),
        (32, 1) => View("BpfCgroupStorage", types),
        (3, _) => View("BpfProgramArray", []),
        (4, _) => View("BpfPerfEventArray", []),
        (8, _) => View("BpfCgroupArray", []),
        (14 or 16 or 17 or 25, _) => View("BpfRedirectMap", []),
        (12, _) => View("BpfMapOfMaps<uint>", []),
        (13, > 0) => (MemberKind.Map, $"{Maps}BpfMapOfMaps<{SkeletonReader.NameOf(types[0])}>"),
        _ => null,
    };

    private static (MemberKind, string) View(string name, ITypeSymbol[] types) =>
        (MemberKind.Map, types.Length == 0 ? Maps + name : $"{Maps}{name}<{string.Join(", ", types.Select(SkeletonReader.NameOf))}>");

    // Kernel programs say the whole key, processes only the address in it.
    private static (MemberKind, string)? Trie(ITypeSymbol[] types) => types[0] is INamedTypeSymbol { Name: "LpmKey", TypeArguments: { Length: 1 } address }
        ? View("BpfLpmTrie", [address[0], types[1]])
        : null;
}
