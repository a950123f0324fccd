// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Netlink;

/// <summary>A network interface of the current network namespace.</summary>
public sealed record NetworkInterface
{
    private NetworkInterface(string name, int index) => (Name, Index) = (name, index);

    /// <summary>The interface's name.</summary>
    public string Name { get; }

    /// <summary>The interface's index.</summary>
    public int Index { get; }

    /// <summary>Finds an interface by name.</summary>
    /// <exception cref="BpfException">ENODEV: there is none of that name; the hint names those that exist.</exception>
    public static NetworkInterface Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        uint index = Libc.InterfaceIndex(name);
        return index != 0
            ? new(name, (int)index)
            : throw new BpfException($"find interface '{name}'", Errno.ENODEV, $"this network namespace has {string.Join(", ", Names())}");
    }

    /// <summary>Finds an interface by index.</summary>
    /// <exception cref="BpfException">ENODEV: there is none with that index.</exception>
    public static unsafe NetworkInterface Find(int index)
    {
        byte* buffer = stackalloc byte[Libc.IF_NAMESIZE];
        // SAFETY: IF_NAMESIZE bytes are what if_indextoname writes at most, with the terminator.
        if (Libc.InterfaceName((uint)index, buffer) == null)
            throw new BpfException($"find interface {index}", Errno.ENODEV, $"this network namespace has {string.Join(", ", Names())}");
        ReadOnlySpan<byte> bytes = new(buffer, Libc.IF_NAMESIZE);
        return new(Encoding.UTF8.GetString(bytes[..bytes.IndexOf((byte)0)]), index);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string[] Names()
    {
        var names = System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces().Select(i => i.Name).Order().ToArray();
        return names.Length == 0 ? ["no interfaces"] : names.Length <= 16 ? names : [.. names[..16], "…"];
    }
}
