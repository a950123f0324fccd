// SPDX-License-Identifier: MIT
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Tests;
using Ruche.Bpf.Programs;
using Ruche.Bpf.Tests;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Tests.Explanations;

namespace Ruche.Bpf.Verifier.Tests.Verdicts;

/// <summary>Every program of the project's own C is judged twice: by the running kernel, and here.</summary>
public sealed class KernelAgreementTests : KernelTest
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(RecordedLogs.Folder, "../../../.."));

    // Sources that are made by a test, or that want headers which are generated.
    private static readonly string[] Folders = ["samples/c", "tests/Ruche.Bpf.Machine.Tests/testdata", "tests/Ruche.Bpf.Verifier.Tests/testdata", "bench/peers", "bench/programs"];

    public static TheoryData<string> Sources =>
        [.. Folders.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Root, f), "*.bpf.c", SearchOption.AllDirectories)).Select(p => Path.GetRelativePath(Root, p)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Sources))]
    public void The_kernel_and_the_prediction_agree(string source)
    {
        var kernel = KernelHeader.Types;
        string path = Path.Combine(Root, source);
        var spec = ObjectSpec.Read(Clang.Compile(File.ReadAllText(path), $"-I{Path.GetDirectoryName(path)}", $"-I{KernelHeader.Folder}"), Path.GetFileName(source));
        ProgramReader reader = new(spec, kernel, KconfigValues.Of(spec));
        List<string> disagreements = [];
        int judged = 0;
        foreach (var program in spec.Programs)
        {
            if (KernelVerdict(spec, program) is not { } isAccepted) continue;
            judged++;
            var verdict = ProgramVerifier.Verify(reader.Read(program), new() { KernelTypes = kernel });
            if (verdict.IsAccepted != isAccepted) disagreements.Add($"{program.Name}: the kernel {(isAccepted ? "accepts" : "rejects")} it; {verdict.Explanation?.Detail ?? "accepted here"}");
        }

        Assert.Empty(disagreements);
        if (judged == 0) Assert.Skip("this kernel judges none of its programs");
    }

    // Null when the kernel does not come to a verdict: it lacks what the program is attached to, or refuses its type.
    private static bool? KernelVerdict(ObjectSpec spec, ProgramSpec program)
    {
        var alone = spec with { Programs = [program with { AutoLoad = true }], Maps = [.. spec.Maps.Select(m => m with { Pinning = MapPinning.None })] };
        try
        {
            using var loaded = BpfObject.Open(alone);
            loaded.Prepare();
            loaded.Load();
            return true;
        }
        catch (VerifierException)
        {
            return false;
        }
        catch (BpfException)
        {
            return null;
        }
    }
}
