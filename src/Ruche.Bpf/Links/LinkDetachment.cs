// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Links;

/// <summary>Ends attachments that others hold.</summary>
public static class LinkDetachment
{
    /// <summary>Ends the attachment although others hold the link. The link itself, and its pins, stay and do nothing.</summary>
    /// <exception cref="BpfException">EOPNOTSUPP: links of this kind end only when their last holder and pin are gone. Linux 5.9.</exception>
    public static void DetachForAll(this KernelLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        LinkDetachAttr attr = new() { LinkFd = (uint)link.Fd.Value };
        Errno errno = BpfSyscall.Try(BpfCommand.LinkDetach, ref attr);
        GC.KeepAlive(link);
        if (errno is Errno.None) return;
        string? hint = errno is Errno.EOPNOTSUPP
            ? "links of this kind end when the last process that holds one ends and the last pin is removed"
            : Hints.For(BpfCommand.LinkDetach, errno);
        throw new BpfException($"detach link {link}", errno, hint);
    }
}
