// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Links;

/// <summary>A point on a packet's way through netfilter: <c>NF_INET_…</c>.</summary>
public enum NetfilterHook
{
    /// <summary>Received, before routing.</summary>
    PreRouting = 0,

    /// <summary>For this host.</summary>
    LocalIn = 1,

    /// <summary>For another host.</summary>
    Forward = 2,

    /// <summary>Made by this host.</summary>
    LocalOut = 3,

    /// <summary>About to leave.</summary>
    PostRouting = 4,
}
