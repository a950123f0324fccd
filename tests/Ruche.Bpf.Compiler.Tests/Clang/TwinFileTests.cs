// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Compiler.Tests.Clang;

/// <summary>
/// Puts the programs in C# under artifacts/compiled, each with the kernel since which it works in its name: Ruche.Bpf.Tests loads them on every kernel.
/// </summary>
public sealed class TwinFileTests
{
    private static readonly string Folder = Path.Combine(TestData.Root, "artifacts/compiled/csharp");

    public static TheoryData<string> Programs => [.. Twin.Names, .. Twin.HookNames];

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_is_written_and_read_again(string name)
    {
        var spec = Twin.CompileCSharp(name);
        Directory.CreateDirectory(Folder);
        string file = Path.Combine(Folder, $"{name}-{Twin.Since(name)}.o");

        File.WriteAllBytes(file, spec.Write());

        var read = ObjectSpec.ReadFile(file);
        Assert.Equal(spec.Programs.Select(p => (p.Name, p.Section)), read.Programs.Select(p => (p.Name, p.Section)));
    }
}
