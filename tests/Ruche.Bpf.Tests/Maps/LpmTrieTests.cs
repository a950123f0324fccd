// SPDX-License-Identifier: MIT
using System.Net;
using Ruche.Bpf.Features;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Tests.Maps;

public sealed class LpmTrieTests : KernelTest, IDisposable
{
    private readonly BpfMap _map = TestMap.Create(MapType.LpmTrie, 8, 4, 4, MapFlags.NoPreallocation);
    private readonly BpfLpmTrie<uint, int> _routes;

    public LpmTrieTests()
    {
        _routes = new(_map);
        _routes.Update(Address("10.0.0.0"), 8, 8);
        _routes.Update(Address("10.1.0.0"), 16, 16);
        _routes.Update(Address("10.1.2.3"), 32, 32);
    }

    public void Dispose() => _map.Dispose();

    [Theory]
    [InlineData("10.1.2.3", 32)]
    [InlineData("10.1.2.4", 16)]
    [InlineData("10.2.0.1", 8)]
    public void The_longest_prefix_wins(string address, int expected)
    {
        bool found = _routes.TryMatch(Address(address), out int value);

        Assert.Equal((true, expected), (found, value));
    }

    [Fact]
    public void An_address_without_a_prefix_is_not_found() => Assert.False(_routes.TryMatch(Address("11.0.0.1"), out _));

    [Fact]
    public void A_shorter_question_gets_a_shorter_answer()
    {
        bool found = _routes.TryMatch(Address("10.1.2.3"), 24, out int value);

        Assert.Equal((true, 16), (found, value));
    }

    [Fact]
    public void Exactly_one_prefix_is_removed()
    {
        bool missing = _routes.Remove(Address("10.1.0.0"), 24);
        bool removed = _routes.Remove(Address("10.1.0.0"), 16);
        _routes.TryMatch(Address("10.1.9.9"), out int value);

        Assert.Equal((false, true, 8), (missing, removed, value));
    }

    [Fact]
    public void A_full_trie_refuses()
    {
        _routes.Update(Address("12.0.0.0"), 8, 1);

        var error = Assert.Throws<BpfException>(() => _routes.Update(Address("13.0.0.0"), 8, 1));

        Assert.Equal(Errno.ENOSPC, error.Errno);
    }

    [Fact]
    public void Only_adding_leaves_what_is_there()
    {
        if (KernelVersion.Current < new Version(6, 13)) Assert.Skip("tries ignore the condition before Linux 6.13");

        bool added = _routes.TryAdd(Address("10.1.0.0"), 16, 99);
        _routes.TryMatch(Address("10.1.9.9"), out int value);

        Assert.Equal((false, 16), (added, value));
    }

    [Fact]
    public void Prefixes_are_walked() => Assert.Equal(
        [(8u, 8), (16u, 16), (32u, 32)],
        _routes.Select(e => (e.Key.PrefixLength, e.Value)).Order());

    [Theory]
    [InlineData(-1)]
    [InlineData(33)]
    public void A_prefix_must_fit_the_address(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _routes.Update(0, length, 0));

    private static uint Address(string text) => BitConverter.ToUInt32(IPAddress.Parse(text).GetAddressBytes());
}
