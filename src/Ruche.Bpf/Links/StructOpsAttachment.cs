// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Links;

/// <summary>Makes the kernel use structs whose functions are programs. Needs Linux 6.4.</summary>
public static class StructOpsAttachment
{
    /// <summary>Attaches a struct_ops map that was made to be attached by a link, and that its object has been loaded into.</summary>
    /// <exception cref="BpfException">The map is in use by name alone (EINVAL), or the struct's owner refuses it.</exception>
    public static KernelLink AttachStructOps(this BpfMap map) => map.AttachStructOps("struct_ops");

    internal static KernelLink AttachStructOps(this BpfMap map, string target)
    {
        ArgumentNullException.ThrowIfNull(map);
        LinkCreateAttr attr = new() { ProgFd = (uint)map.Fd.Value, AttachType = (uint)AttachType.StructOps };
        BpfFd fd = BpfSyscall.Open(BpfCommand.LinkCreate, ref attr, $"attach '{map.Name}' to {target}");
        GC.KeepAlive(map);
        return new(fd, AttachKind.StructOps, map.Name, target);
    }
}
