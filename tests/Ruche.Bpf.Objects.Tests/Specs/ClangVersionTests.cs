// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Btf.Rendering;
using Ruche.Bpf.Objects.Linking;
using Ruche.Bpf.Objects.Relocation;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Tests.Instructions;

namespace Ruche.Bpf.Objects.Tests.Specs;

/// <summary>The samples, compiled by every clang that is installed (<c>./test</c> installs those of the distribution's suite).</summary>
public sealed class ClangVersionTests
{
    private const string KernelTypes = "/sys/kernel/btf/vmlinux";
    private static readonly Lazy<string> Headers = new(WriteKernelHeader);

    public static TheoryData<string> Compilers =>
        [.. Directory.EnumerateFiles("/usr/bin", "clang-*").Select(Path.GetFileName).OfType<string>().Where(name => name["clang-".Length..].All(char.IsAsciiDigit)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Compilers))]
    public async Task Opens_links_and_relocates_the_samples_of_every_clang(string clang)
    {
        if (!File.Exists(KernelTypes)) Assert.Skip($"the kernel has no {KernelTypes}");
        BtfSpec target = BtfSpec.Read(await File.ReadAllBytesAsync(KernelTypes, TestContext.Current.CancellationToken));

        foreach (string source in Directory.EnumerateFiles(Path.Combine(SharedFiles.Repository, "samples", "c"), "*.bpf.c"))
        {
            ObjectSpec spec = ObjectSpec.Read(await CompileAsync(clang, source), Path.GetFileName(source));
            CoreRelocator relocator = new(spec.Btf!, [target]);

            Assert.NotEmpty(spec.Programs);
            Assert.All(spec.Programs, program => Assert.Empty(relocator.Relocate(ProgramLinker.Link(program, spec)).Failures));
        }
    }

    private static async Task<byte[]> CompileAsync(string clang, string source)
    {
        string output = Path.GetTempFileName();
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(clang, ["-target", "bpf", "-O2", "-g", "-D__TARGET_ARCH_x86", "-I", Headers.Value, "-c", source, "-o", output]) { RedirectStandardError = true })!;
            string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, $"{clang}: {errors}");
            return await File.ReadAllBytesAsync(output, TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static string WriteKernelHeader()
    {
        string directory = Path.Combine(AppContext.BaseDirectory, "vmlinux");
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "vmlinux.h"), CHeaderRenderer.Render(BtfSpec.Read(File.ReadAllBytes(KernelTypes))));
        return directory;
    }
}
