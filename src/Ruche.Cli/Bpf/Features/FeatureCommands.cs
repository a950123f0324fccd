// SPDX-License-Identifier: MIT
using System.CommandLine;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Cli.Bpf.Listing;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Features;

/// <summary>Describes <c>ruche bpf feature …</c>.</summary>
internal static class FeatureCommands
{
    private static readonly string[] Groups = ["prog_types", "map_types", "attach_types", "link_types", "helpers"];

    private static string[] ProgramTypes => [.. KernelFeature.Numbers<ProgramType>().Select(t => ((ProgramType)t).KernelName())];

    /// <summary>The group.</summary>
    public static Command Create() => WordCommand.Group("bpf feature", "What the running kernel can do", "probe",
        WordCommand.Create("bpf feature probe", "Ask the running kernel for each type and feature, or for each helper in programs of each type, or of one",
            "[kernel] [helpers [TYPE]]", "helpers xdp", Probe, BpfOptions.Output),
        WordCommand.Create("bpf feature list_builtins", "List what ruche knows by name, whatever the kernel", string.Join('|', Groups), "helpers", List, BpfOptions.Output));

    private static int Probe(Invocation call)
    {
        call.Words.TryTake("kernel");
        bool isOfHelpers = call.Words.TryTake("helpers");
        var types = isOfHelpers && call.Words.Peek is not null ? [(uint)TypeOf(call.Words)] : KernelFeature.Numbers<ProgramType>();
        call.Words.End();
        ListingOutput.Write(isOfHelpers ? KernelFeature.Helpers(types) : KernelFeature.General(), new FeatureShape(), call.Format, isSingle: false);
        return ExitCode.Done;
    }

    private static int List(Invocation call)
    {
        string group = call.Words.Take("the group");
        call.Words.End();
        string[] names = group switch
        {
            "prog_types" => ProgramTypes,
            "map_types" => [.. KernelFeature.Numbers<MapType>().Select(t => ((MapType)t).KernelName())],
            "attach_types" => [.. KernelFeature.Numbers<AttachType>(from: 0).Select(t => ((AttachType)t).KernelName())],
            "link_types" => [.. KernelFeature.Numbers<LinkType>().Select(t => ((LinkType)t).KernelName())],
            "helpers" => [.. KernelFeature.Numbers<HelperId>().Select(h => HelperNames.NameOf((HelperId)h)!)],
            _ => throw new CommandFailure(ExitCode.Usage, $"there is no group '{group}'{Spelling.Question(group, Groups)}"),
        };
        ListingOutput.Write(names, new NameShape(), call.Format, isSingle: false);
        return ExitCode.Done;
    }

    private static ProgramType TypeOf(CommandWords words)
    {
        string name = words.Take("the type");
        foreach (uint type in KernelFeature.Numbers<ProgramType>())
        {
            if (((ProgramType)type).KernelName() == name) return (ProgramType)type;
        }

        throw new CommandFailure(ExitCode.Usage, $"there is no program type '{name}'{Spelling.Question(name, ProgramTypes)}");
    }
}
