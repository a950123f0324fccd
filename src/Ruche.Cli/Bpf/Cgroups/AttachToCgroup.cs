// SPDX-License-Identifier: MIT
using Ruche.Bpf.Attachments;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;
using Ruche.Cli.Bpf.Programs;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Cgroups;

/// <summary><c>ruche bpf cgroup attach</c> and <c>detach</c>.</summary>
internal static class AttachToCgroup
{
    /// <summary>How the words are written.</summary>
    public const string Syntax = $"CGROUP ATTACH_TYPE ({ProgramSelection.Syntax})";

    /// <summary>Attaches a program; it stays until it is detached or the cgroup is removed.</summary>
    public static int Attach(Invocation call)
    {
        (string path, AttachType hook) = TakeTarget(call.Words);
        using BpfProgram program = ProgramSelection.TakeOne(call.Words);
        uint flags = 0;
        while (!call.Words.IsEmpty)
        {
            if (call.Words.TryTake("multi")) flags |= DirectAttachment.AllowMulti;
            else if (call.Words.TryTake("override")) flags |= DirectAttachment.AllowOverride;
            else call.Words.End();
        }

        DirectAttachment.AttachToCgroup(program, path, hook, flags);
        return ExitCode.Done;
    }

    /// <summary>Detaches a program.</summary>
    public static int Detach(Invocation call)
    {
        (string path, AttachType hook) = TakeTarget(call.Words);
        using BpfProgram program = ProgramSelection.TakeOne(call.Words);
        call.Words.End();
        DirectAttachment.DetachFromCgroup(program, path, hook);
        return ExitCode.Done;
    }

    private static (string Path, AttachType Hook) TakeTarget(CommandWords words) => (words.Take("the cgroup"), HookOf(words.Take("the attach type")));

    private static AttachType HookOf(string name)
    {
        foreach (AttachType hook in AttachedPrograms.CgroupHooks)
            if (hook.KernelName() == name || hook.KernelName() == "cgroup_" + name) return hook;
        string question = Spelling.Question(name, AttachedPrograms.CgroupHooks.Select(hook => hook.KernelName()));
        throw new CommandFailure(ExitCode.Usage, $"there is no attach type '{name}' for cgroups{question}");
    }
}
