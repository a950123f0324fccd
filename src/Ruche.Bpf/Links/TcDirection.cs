// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Links;

/// <summary>Which packets of an interface a traffic control program sees.</summary>
public enum TcDirection
{
    /// <summary>Received packets.</summary>
    Ingress,

    /// <summary>Packets to be sent.</summary>
    Egress,
}
