// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Tokens;

namespace Ruche.Bpf.Loading;

/// <summary>How an object is loaded.</summary>
public sealed record LoadOptions
{
    /// <summary>The directory for maps that are pinned by name; null for the root of the BPF file system.</summary>
    public string? PinRoot { get; init; }

    /// <summary>Live maps to use in place of maps of the object, by the object's name of the map. They stay the caller's.</summary>
    public IReadOnlyDictionary<string, BpfMap> Maps { get; init; } = new Dictionary<string, BpfMap>();

    /// <summary>The right to load, for processes in a user namespace; null for the process's own. Maps that are pinned by name are made without.</summary>
    public BpfToken? Token { get; init; }

    /// <summary>Further lines of kernel configuration (<c>CONFIG_HZ=250</c>), which win over the running kernel's.</summary>
    public string Kconfig { get; init; } = "";

    /// <summary>A file with the types of the kernel, raw or in an ELF file; null for the running kernel's own.</summary>
    public string? KernelTypes { get; init; }

    /// <summary>The network interface that the XDP programs are made for, so that they may ask its driver about packets; null for any.</summary>
    public NetworkInterface? Device { get; init; }

    /// <summary>Whether maps and programs are to live on the card of <see cref="Device"/>.</summary>
    public bool IsOffloaded { get; init; }
}
