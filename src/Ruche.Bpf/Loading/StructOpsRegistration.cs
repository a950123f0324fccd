// SPDX-License-Identifier: MIT
using Ruche.Bpf.Links;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Loading;

/// <summary>A struct that the kernel uses since its map was filled, without a link; deleting the entry ends that.</summary>
internal sealed class StructOpsRegistration(BpfMap map, string program, string target) : BpfLink(AttachKind.StructOps, program, target)
{
    private readonly BpfMap _map = map.Duplicate();

    public override string Mechanism => "struct_ops map";

    public override bool EndsWithProcess => false;

    private protected override void Release(bool keepPinned)
    {
        try
        {
            _ = _map.Delete(stackalloc byte[sizeof(int)]);
        }
        catch (BpfException)
        {
            // The kernel has ended it already.
        }

        _map.Dispose();
    }
}
