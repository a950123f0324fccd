// SPDX-License-Identifier: MIT
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Links;

/// <summary>
/// A filter of a clsact discipline. The socket is kept because it belongs to the network namespace the interface is in. A
/// discipline that we added is removed with its last filter, never while somebody else's filters are on it.
/// </summary>
internal sealed class ClassifierLink(
    NetlinkSocket socket,
    NetworkInterface networkInterface,
    uint parent,
    ClassifierFilter filter,
    bool ownsDiscipline,
    AttachKind kind,
    string program,
    string target) : BpfLink(kind, program, target)
{
    public override string Mechanism => "clsact filter";

    public override bool EndsWithProcess => false;

    private protected override void Release(bool keepPinned)
    {
        // Fails when the interface or the discipline is gone, and the filter with it.
        _ = ClassifierNetlink.RemoveFilter(socket, networkInterface.Index, parent, filter);
        if (ownsDiscipline && IsUnused()) _ = ClassifierNetlink.RemoveClsact(socket, networkInterface.Index);
        socket.Dispose();
    }

    private bool IsUnused()
    {
        try
        {
            return ClassifierNetlink.CountFilters(socket, networkInterface.Index, ClassifierNetlink.Ingress) == 0
                && ClassifierNetlink.CountFilters(socket, networkInterface.Index, ClassifierNetlink.Egress) == 0;
        }
        catch (BpfException)
        {
            // The interface is gone, or the list cannot be read: leave alone what we cannot see.
            return false;
        }
    }
}
