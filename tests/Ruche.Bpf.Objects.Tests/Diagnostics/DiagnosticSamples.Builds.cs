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
    }

    private static Diagnostic Build(string floor, string types)
    {
        string assembly = CSharpBuild.Build("Bees", "Bees.cs", "[BpfObject] static class Bees { [Xdp] static XdpAction Run(in XdpContext context) => XdpAction.Pass; }");
        DiagnosticBag diagnostics = new();
        new ObjectBuild(diagnostics) { KernelTypes = types }.Run(assembly, CSharpBuild.References, floor);
        return Assert.Single(diagnostics.Items);
    }
}
