// SPDX-License-Identifier: MIT
using System.CommandLine;
using Ruche.Bpf.Features;
using Ruche.Cli.Bpf.Listing;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Features;

/// <summary>Describes <c>ruche bpf feature …</c>.</summary>
internal static class FeatureCommands
{
    /// <summary>The group.</summary>
    public static Command Create() => WordCommand.Group("bpf feature", "What the running kernel can do", "probe",
        WordCommand.Create("bpf feature probe", "Ask the running kernel for each feature", "", "--output json", Probe, BpfOptions.Output));

    private static int Probe(Invocation call)
    {
        call.Words.End();
        ListingOutput.Write(KernelFeatures.All, new FeatureShape(), call.Format, isSingle: false);
        return ExitCode.Done;
    }
}
