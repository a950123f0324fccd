// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Tests;

/// <summary>The one file that is installed.</summary>
public sealed class BinaryTests
{
    private const long Limit = 30 * 1024 * 1024;

    [Fact]
    public void The_published_command_stays_small()
    {
        Host.Require([]);

        Assert.InRange(new FileInfo(Host.Binary).Length, 1, Limit);
    }
}
