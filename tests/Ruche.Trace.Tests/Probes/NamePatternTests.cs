// SPDX-License-Identifier: MIT
using Ruche.Trace.Probes;

namespace Ruche.Trace.Tests.Probes;

public sealed class NamePatternTests
{
    [Theory]
    [InlineData("*", "")]
    [InlineData("*", "vfs_read")]
    [InlineData("vfs_*", "vfs_")]
    [InlineData("vfs_*", "vfs_read")]
    [InlineData("*_read", "vfs_read")]
    [InlineData("*r*d*", "vfs_read")]
    [InlineData("v?s_read", "vfs_read")]
    [InlineData("*a*ab", "aaab")]
    [InlineData("vfs_[rw]*", "vfs_write")]
    [InlineData("vfs_[a-r]ead", "vfs_read")]
    [InlineData("vfs_[!w]ead", "vfs_read")]
    [InlineData("x[]]", "x]")]
    [InlineData("*[0-9]", "sys3")]
    [InlineData("operator[", "operator[")]
    [InlineData("operator[]", "operator[]")]
    public void A_name_matches(string pattern, string name) => Assert.True(new NamePattern(pattern).Matches(name));

    [Theory]
    [InlineData("", "a")]
    [InlineData("vfs", "vfs_read")]
    [InlineData("vfs_*", "vfs")]
    [InlineData("*_read", "vfs_readv")]
    [InlineData("v?s", "vs")]
    [InlineData("vfs_[rw]ead", "vfs_lead")]
    [InlineData("vfs_[!r]ead", "vfs_read")]
    [InlineData("x[a-c]", "xd")]
    [InlineData("VFS_*", "vfs_read")]
    public void A_name_does_not_match(string pattern, string name) => Assert.False(new NamePattern(pattern).Matches(name));

    [Theory]
    [InlineData("vfs_read", false)]
    [InlineData("vfs_*", true)]
    [InlineData("vfs_?ead", true)]
    [InlineData("vfs_[rw]*", true)]
    [InlineData("a[b", false)]
    [InlineData("operator[]", false)]
    public void Only_what_has_wildcards_is_a_pattern(string text, bool expected) => Assert.Equal(expected, NamePattern.IsWild(text));

    [Fact]
    public void A_pattern_of_many_stars_is_matched_quickly()
    {
        NamePattern pattern = new(string.Concat(Enumerable.Repeat("a*", 50)) + "b");

        Assert.False(pattern.Matches(new string('a', 5000)));
    }
}
