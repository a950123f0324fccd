// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Tests.Diagnostics;

public sealed class NearestNamesTests
{
    [Theory]
    [InlineData("tcp_conect", "did you mean 'tcp_connect'?")]
    [InlineData("TCP_CONNECT", "did you mean 'tcp_connect'?")]
    [InlineData("tcp_v8_connect", "did you mean 'tcp_v4_connect' or 'tcp_v6_connect'?")]
    [InlineData("state", "did you mean '__state'?")]
    [InlineData("ab", "did you mean 'ad'?")]
    [InlineData("unlike_anything", null)]
    [InlineData("__state", null)]
    public void Asks_about_the_closest_names(string name, string? expected)
    {
        string[] known = ["tcp_connect", "tcp_v4_connect", "tcp_v6_connect", "__state", "ad", "acbd", new('x', 5000)];

        Assert.Equal(expected, NearestNames.Question(name, known));
    }

    [Fact]
    public void Names_three_of_many_equals()
    {
        string[] known = ["bee5", "bee1", "bee4", "bee2", "bee3"];

        Assert.Equal("did you mean 'bee1' or 'bee2' or 'bee3'?", NearestNames.Question("bee9", known));
        Assert.Equal("bee1", NearestNames.Closest("bee9", known));
    }
}
