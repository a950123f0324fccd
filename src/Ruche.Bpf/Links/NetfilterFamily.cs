// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Links;

/// <summary>A protocol family of netfilter: <c>NFPROTO_…</c>.</summary>
public enum NetfilterFamily
{
    /// <summary>IPv4.</summary>
    IPv4 = 2,

    /// <summary>IPv6.</summary>
    IPv6 = 10,
}
