// SPDX-License-Identifier: MIT
using Ruche.Bpf.Build;
using Ruche.Bpf.Compiler.Tests.FrontEnds;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Tests.Diagnostics;

internal static partial class DiagnosticSamples
{
    private static IEnumerable<DiagnosticSample> Builds()
    {
        yield return new(BuildDiagnostics.Kernel, "a kernel that was never released", () => Build("5.14.2", ""));
        yield return new(BuildDiagnostics.KernelTypes, "a file that is not there", () => Build("5.10", "vmlinux.btf"));
        yield return new(BuildDiagnostics.Unverified, "a typed trace point where no kernel runs", () => Build("5.10", "", "[BtfTracepoint(\"sched_process_exec\")] static int Run(ulong task) => 0;"));
    }

    private static Diagnostic Build(string floor, string types, string program = "[Xdp] static XdpAction Run(in XdpContext context) => XdpAction.Pass;")
    {
        string assembly = CSharpBuild.Build("Bees", "Bees.cs", $"[BpfObject] static class Bees {{ {program} }}");
        DiagnosticBag diagnostics = new();
        new ObjectBuild(diagnostics) { KernelTypes = types }.Run(assembly, CSharpBuild.References, floor);
        return Assert.Single(diagnostics.Items);
    }
}
