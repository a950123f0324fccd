// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Tests.Kernel;

public sealed class MountTableTests
{
    private static readonly string[] Lines =
    [
        "proc /proc proc rw,nosuid 0 0",
        @"bpf /sys/fs/my\040bpf\134x bpf rw,relatime 0 0",
        "bpf /second bpf rw 0 0",
    ];

    [Fact]
    public void The_first_mount_of_a_type_is_found_with_its_blanks() => Assert.Equal(@"/sys/fs/my bpf\x", MountTable.Find("bpf", Lines));

    [Fact]
    public void A_type_that_is_not_mounted_is_not_found() => Assert.Null(MountTable.Find("tracefs", Lines));
}
