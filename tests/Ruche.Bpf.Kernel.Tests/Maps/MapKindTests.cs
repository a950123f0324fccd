// SPDX-License-Identifier: MIT
using System.Reflection;
using Ruche.Bpf.Kernel.Lowering;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Kernel.Tests.Maps;

/// <summary>The kinds of maps.</summary>
public sealed class MapKindTests
{
    private static (Type Type, MapKindAttribute Attribute)[] Kinds { get; } = [.. KernelLibrary.TypesWith<MapKindAttribute>()];

    // Tables of jumps are made by a compiler, of switches.
    public static TheoryData<MapType> All =>
        [.. Enum.GetValues<MapType>().Where(t => t is not (MapType.Unspec or MapType.InsnArray))];

    [Theory]
    [MemberData(nameof(All))]
    public void A_kind_has_one_struct(MapType type) => Assert.Single(Kinds, k => k.Attribute.Type == (int)type);

    [Fact]
    public void A_map_holds_nothing_in_a_process() =>
        Assert.All(Kinds, k => Assert.Empty(k.Type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)));

    [Fact]
    public void A_map_has_a_key_and_a_value_of_some_size()
    {
        Assert.All(Kinds.Where(k => !k.Attribute.HasNoValues), k =>
        {
            int sized = (k.Attribute.ValueSize > 0 ? 1 : 0) + k.Type.GetGenericArguments().Length;
            bool hasKey = k.Attribute.KeySize > 0 || (MapType)k.Attribute.Type is not (MapType.Queue or MapType.Stack or MapType.BloomFilter);

            Assert.True(sized + (k.Attribute.KeySize > 0 ? 1 : 0) == (hasKey ? 2 : 1), k.Type.Name);
        });
    }
}
