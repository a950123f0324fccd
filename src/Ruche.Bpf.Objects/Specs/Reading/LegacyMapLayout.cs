// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Specs.Reading;

/// <summary>
/// The words of one entry of a <c>maps</c> section. All loaders agree on the first five (type, key size, value size, entries,
/// flags); what follows is told apart by size and by what the words can mean.
/// </summary>
internal readonly record struct LegacyMapLayout(int Id, int Pinning, int InnerId, int InnerIndex)
{
    /// <summary>Bytes that every loader's entry has.</summary>
    public const int MinimumSize = 20;

    private const int None = -1;
    private const int GobpfSize = 128;

    /// <summary>Word numbers of the optional fields, -1 for those the layout has not.</summary>
    public static LegacyMapLayout Of(int size, bool hasInner, bool hasNumaNode) => size switch
    {
        // bpf_helpers.h of the kernel samples: inner_map_idx, numa_node.
        < 28 => new(None, None, None, 5),
        28 when hasInner || hasNumaNode => new(None, None, None, 5),

        // iproute2: id, pinning, and later inner_id, inner_idx.
        < 36 => new(5, 6, None, None),
        < GobpfSize => new(5, 6, 7, 8),

        // gobpf: pinning, and a path.
        _ => new(None, 5, None, None),
    };
}
