// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Links;

/// <summary>A program attached by <c>BPF_PROG_ATTACH</c>: it stays until it is detached or its target goes away.</summary>
internal sealed class AttachedProgramLink : BpfLink
{
    private readonly BpfFd _target;
    private readonly BpfFd _program;
    private readonly AttachType _hook;

    public AttachedProgramLink(BpfFd target, BpfProgram program, AttachType hook, AttachKind kind, string description, string mechanism)
        : base(kind, program.Name, description)
    {
        _target = target;
        _program = program.Fd.Duplicate();
        _hook = hook;
        Mechanism = mechanism;
    }

    public override string Mechanism { get; }

    public override bool EndsWithProcess => false;

    private protected override void Release(bool keepPinned)
    {
        ProgAttachAttr attr = new() { TargetFd = (uint)_target.Value, AttachBpfFd = (uint)_program.Value, AttachType = (uint)_hook };

        // Fails when the target is gone and the attachment with it.
        _ = BpfSyscall.Try(BpfCommand.ProgDetach, ref attr);
        _program.Dispose();
        _target.Dispose();
    }
}
