// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What becomes of a packet in netfilter.</summary>
public enum NetfilterVerdict
{
    /// <summary>It is dropped.</summary>
    Drop = 0,

    /// <summary>It goes on.</summary>
    Accept = 1,
}
