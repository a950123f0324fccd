// SPDX-License-Identifier: MIT
using System.Net;
using Ruche.Bpf.Objects.Btf.Values;

namespace Ruche.Cli.Live;

/// <summary>Knows the kernel's address structures by their fields and writes them as people do.</summary>
internal static class AddressText
{
    /// <summary>The address in a <c>struct in6_addr</c> (a mapped IPv4 address as IPv4); null for any other value.</summary>
    public static string? Of(BtfValue value) =>
        value is BtfValue.Composite { Fields: [{ Name: "in6_u", Value: BtfValue.Composite { Fields: [{ Value: BtfValue.Array { Items: { Length: 16 } items } }, ..] } }] }
            ? Format([.. items.OfType<BtfValue.Unsigned>().Select(item => (byte)item.Value)])
            : null;

    private static string? Format(byte[] bytes)
    {
        if (bytes.Length != 16) return null;
        IPAddress address = new(bytes);
        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }
}
