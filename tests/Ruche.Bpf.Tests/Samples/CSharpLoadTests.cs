// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Tests.Samples;

/// <summary>The programs in C# that stand beside the same in C, as Ruche.Bpf.Compiler.Tests has compiled them for the oldest kernel that they work on.</summary>
public sealed class CSharpLoadTests : KernelTest
{
    private const int Fewest = 30;

    [Fact]
    public void Programs_load_on_every_kernel_since_the_one_that_they_need()
    {
        Assert.SkipUnless(Directory.Exists(CSharpObject.Folder), "Ruche.Bpf.Compiler.Tests compiles the programs, and has not run");
        var files = Directory.EnumerateFiles(CSharpObject.Folder, "*.o").Order(StringComparer.Ordinal).ToList();

        var refused = files.Select(Refusal).OfType<string>().ToList();

        Assert.True(files.Count >= Fewest, $"{files.Count} programs");
        Assert.True(refused.Count == 0, string.Join('\n', refused));
    }

    // Null when it is loaded, or the kernel is too old for it.
    private static string? Refusal(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        if (KernelVersion.Current < Version.Parse(name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..])) return null;
        var spec = ObjectSpec.ReadFile(file);

        // Some hosts refuse them to everybody; the kernels in virtual machines do not.
        if (spec.Programs.Any(IsTrampoline) && KernelFeatures.Program(ProgramType.Lsm).Ask() is Support.Unknown) return null;
        try
        {
            BpfObject.Open(spec).Load().Dispose();
            return null;
        }
        catch (BpfException refusal)
        {
            return $"{name}: {refusal.Message}";
        }
    }

    private static bool IsTrampoline(ProgramSpec program) =>
        program.Type is ProgramType.Lsm || program.Section.StartsWith("fentry", StringComparison.Ordinal) || program.Section.StartsWith("fexit", StringComparison.Ordinal);
}
