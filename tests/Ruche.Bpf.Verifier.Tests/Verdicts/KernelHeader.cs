// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Btf.Rendering;

namespace Ruche.Bpf.Verifier.Tests.Verdicts;

/// <summary>The running kernel's types, and a header with them for the compiler.</summary>
internal static class KernelHeader
{
    private static readonly Lazy<BtfSpec> Read = new(() => BtfSpec.Read(File.ReadAllBytes("/sys/kernel/btf/vmlinux")));

    private static readonly Lazy<string> Written = new(Write);

    public static BtfSpec Types => Read.Value;

    /// <summary>The folder of vmlinux.h.</summary>
    public static string Folder => Written.Value;

    // Beside the tests, where building again puts it anyway.
    private static string Write()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "headers");
        Directory.CreateDirectory(folder);
        using var header = File.Create(Path.Combine(folder, "vmlinux.h"));
        CHeaderRenderer.Render(Types, header);
        return folder;
    }
}
