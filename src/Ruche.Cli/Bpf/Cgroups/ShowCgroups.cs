// SPDX-License-Identifier: MIT
using Ruche.Bpf.Attachments;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Cli.Bpf.Listing;
using Ruche.Cli.Bpf.Programs;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Cgroups;

/// <summary><c>ruche bpf cgroup show</c> and <c>tree</c>.</summary>
internal static class ShowCgroups
{
    /// <summary>Lists the programs of one cgroup.</summary>
    public static int Show(Invocation call)
    {
        string path = call.Words.Take("the cgroup");
        bool isEffective = call.Words.TryTake("effective");
        call.Words.End();
        if (!Directory.Exists(path)) throw new CommandFailure(ExitCode.Failed, $"there is no cgroup {path}; the hierarchy is mounted at {CgroupTree.Root ?? "(nowhere)"}");
        ListingOutput.Write([.. Of(path, isEffective)], new CgroupShape(showsPath: false), call.Format, isSingle: false);
        return ExitCode.Done;
    }

    /// <summary>Lists the programs of a cgroup and of all below it.</summary>
    public static int Tree(Invocation call)
    {
        string? root = call.Words.IsEmpty ? null : call.Words.Take("the cgroup");
        bool isEffective = call.Words.TryTake("effective");
        call.Words.End();
        if (root is null && CgroupTree.Root is null) throw new CommandFailure(ExitCode.Environment, "the cgroup v2 file system is not mounted; mount it: mount -t cgroup2 none /sys/fs/cgroup");
        List<CgroupRow> rows = [.. CgroupTree.Find(root).SelectMany(cgroup => Of(cgroup.Path, isEffective))];
        ListingOutput.Write(rows, new CgroupShape(showsPath: true), call.Format, isSingle: false);
        return ExitCode.Done;
    }

    private static IEnumerable<CgroupRow> Of(string path, bool isEffective)
    {
        foreach (AttachType hook in AttachedPrograms.CgroupHooks)
            foreach (AttachedProgram attached in AttachedPrograms.OnCgroup(path, hook, isEffective))
                yield return new(path, attached, ProgramNames.Of(attached.ProgramId));
    }
}
