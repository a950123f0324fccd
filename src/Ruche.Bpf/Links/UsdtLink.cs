// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Links;

/// <summary>Probes on all places of a static trace point; when they end, so do the descriptions of their arguments.</summary>
internal sealed class UsdtLink(BpfLink probes, Action release, string program, string target) : BpfLink(AttachKind.Usdt, program, target)
{
    public override string Mechanism => probes.Mechanism;

    public override bool EndsWithProcess => probes.EndsWithProcess;

    public override string? PinPath => probes.PinPath;

    public override void Replace(BpfProgram program) => probes.Replace(program);

    public override void Pin(string path) => probes.Pin(path);

    public override void Unpin() => probes.Unpin();

    private protected override void Release(bool keepPinned)
    {
        // What is pinned goes on, and needs its descriptions.
        if (keepPinned && PinPath is not null)
        {
            probes.Dispose();
            return;
        }

        probes.Detach();
        release();
    }
}
