// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

/// <summary>Types by their shape. A class of its own: a comparer of delegates would be compiled for every type that is ever compared.</summary>
internal sealed class ShapeComparer(BtfSpec spec) : IEqualityComparer<int>
{
    public bool Equals(int x, int y) => x == y || BtfShape.AreEqual(spec[x], spec[y]);

    public int GetHashCode(int id) => BtfShape.Hash(spec[id]);
}
