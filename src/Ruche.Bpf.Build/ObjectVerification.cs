// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier;
using Ruche.Bpf.Verifier.Explanations;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Build;

/// <summary>Predicts what kernels will say about an object's programs; a refusal is an error at the line of C#.</summary>
internal sealed class ObjectVerification(DiagnosticBag diagnostics, BtfSpec? types)
{
    /// <summary>Asks the kernel that is built for and all later ones. Of one program, the first refusal is told.</summary>
    public void Verify(ObjectSpec spec, BpfKernel floor)
    {
        ProgramReader reader = new(spec, types);
        foreach (var program in spec.Programs)
        {
            if (types is null && NeedsTypes(spec, program))
            {
                diagnostics.Report(new(BuildDiagnostics.Unverified, Severity.Info, $"program '{program.Name}' uses the kernel's types, and there are none to verify it with", Location.Unknown)
                {
                    Notes = ["set BpfKernelTypes to a file like /sys/kernel/btf/vmlinux"],
                });
                continue;
            }

            var read = reader.Read(program);
            var refusal = floor.Verdicts.Select(k => ProgramVerifier.Verify(read, new() { Kernel = k, KernelTypes = types })).FirstOrDefault(v => !v.IsAccepted);
            if (refusal is not null) Report(program.Name, refusal);
        }
    }

    private static bool NeedsTypes(ObjectSpec spec, ProgramSpec program) =>
        program.Type is ProgramType.Tracing or ProgramType.Lsm or ProgramType.Ext or ProgramType.StructOps
        || spec.Functions.Values.Append(program.Entry).Any(f => !f.CoreRelocations.IsEmpty) || !spec.Externs.IsEmpty;

    private void Report(string program, Verdict refusal)
    {
        var why = refusal.Explanation!;
        Location where = why.Place is { Line: > 0 } place ? new Location.Text(place.File, place.Line, 1) : Location.Unknown;
        string steps = string.Join("\n  ", ExplanationText.Lines(why).SkipWhile(l => !l.StartsWith("how it gets there", StringComparison.Ordinal) && !l.StartsWith("where it comes from", StringComparison.Ordinal) && !l.StartsWith("what helps", StringComparison.Ordinal)));
        diagnostics.Error(why.Rule.Id, $"Linux {refusal.Kernel.Release} will refuse program '{program}': {why.Detail}\n  {steps}", where);
    }
}
