// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Kernel.Tests;

/// <summary>The types of the kernel that runs.</summary>
internal static class KernelTypes
{
    private const string Path = "/sys/kernel/btf/vmlinux";

    private static readonly Lazy<BtfSpec> Read = new(() => BtfSpec.Read(File.ReadAllBytes(Path)));

    public static BtfSpec OrSkip()
    {
        if (!File.Exists(Path)) Assert.Skip($"{Path} is not there");
        return Read.Value;
    }
}
