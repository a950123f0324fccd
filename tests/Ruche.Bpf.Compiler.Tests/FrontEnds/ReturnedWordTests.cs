// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.FrontEnds.CSharp;
using Ruche.Bpf.Features;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Tests;
using Ruche.Bpf.Verifier;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Compiler.Tests.FrontEnds;

/// <summary>
/// Programs of which the kernel reads 64 bits return whatever number C# calls for: verifiers see its range, from the machine without sign extension on.
/// </summary>
public sealed class ReturnedWordTests : KernelTest
{
    private static readonly BtfSpec Kernel = BtfSpec.Read(File.ReadAllBytes("/sys/kernel/btf/vmlinux"));

    [Theory]
    [InlineData("int", "decided")]
    [InlineData("int", "Bpf.GetPrandomU32() > 7 ? -1 : 0")]
    [InlineData("int", "decided != 0 ? decided : Bpf.GetPrandomU32() > 7 ? -13 : 0")]
    [InlineData("int", "-(int)(Bpf.GetPrandomU32() & 15) < -7 ? -7 : 0")]
    [InlineData("Answer", "Bpf.GetPrandomU32() > 7 ? Answer.Refused : Answer.Allowed")]
    [InlineData("long", "Bpf.GetPrandomU32() > 7 ? -1 : 0")]
    public void Verifiers_see_the_range_of_what_is_returned(string type, string value)
    {
        var spec = Compile(type, value, "Lsm(\"file_open\")");

        var verdict = ProgramVerifier.Verify(new ProgramReader(spec, Kernel).Read(spec.Programs[0]), new() { KernelTypes = Kernel });

        string code = Disassembler.Format(spec.Programs[0].Entry.Instructions.AsMemory());
        Assert.True(verdict.IsAccepted, $"{verdict.Explanation?.Slot} {verdict.Explanation?.Detail}\n{code}");
        Assert.DoesNotContain("s>>=", code, StringComparison.Ordinal);
        if (KernelFeatures.Program(ProgramType.Lsm).Ask() is Support.Yes) BpfObject.Open(ObjectSpec.Read(spec.Write(), "returned")).Load().Dispose();
    }

    [Fact]
    public void A_number_without_sign_has_zeros_above_it()
    {
        var spec = Compile("byte", "Bpf.GetPrandomU32() > 7 ? (byte)200 : (byte)0", "FmodRet(\"bpf_modify_return_test\")");

        string code = Disassembler.Format(spec.Programs[0].Entry.Instructions.AsMemory());
        Assert.Contains("r0 = 200", code, StringComparison.Ordinal);
        Assert.DoesNotContain(">>=", code, StringComparison.Ordinal);
    }

    private static ObjectSpec Compile(string type, string value, string kind)
    {
        DiagnosticBag diagnostics = new();
        string text = $$"""
            public enum Answer { Allowed = 0, Refused = -1 }

            [BpfObject]
            public static class Deciding
            {
                [{{kind}}]
                public static {{type}} Decide(ulong file, int decided) => {{value}};
            }
            """;
        var modules = CSharpCompiler.Read(CSharpBuild.Build("Deciding", "Deciding.cs", text), CSharpBuild.References, diagnostics);
        Assert.True(diagnostics.Items.Count == 0, string.Join('\n', diagnostics.Items));
        return BpfCompiler.Compile(Assert.Single(modules), TargetProfile.Linux510);
    }
}
