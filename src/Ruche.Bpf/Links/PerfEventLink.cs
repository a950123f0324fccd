// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Links;

/// <summary>A program set on a perf event by ioctl, as kernels before 5.15 do it; it ends when the event is closed.</summary>
internal sealed class PerfEventLink : BpfLink
{
    private readonly BpfFd _perfEvent;
    private readonly Action? _cleanUp;

    public PerfEventLink(BpfFd perfEvent, AttachKind kind, string program, string target, Action? cleanUp)
        : base(kind, program, target)
    {
        _perfEvent = perfEvent;
        _cleanUp = cleanUp;
    }

    public override string Mechanism => "perf event";

    public override bool EndsWithProcess => _cleanUp is null;

    private protected override void Release(bool keepPinned)
    {
        _perfEvent.Dispose();
        _cleanUp?.Invoke();
    }
}
