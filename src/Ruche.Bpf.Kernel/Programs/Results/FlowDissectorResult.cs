// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>Whether a flow dissector has found what it looked for.</summary>
public enum FlowDissectorResult
{
    /// <summary>It has.</summary>
    Ok = 0,

    /// <summary>The packet makes no sense.</summary>
    Drop = 2,

    /// <summary>The kernel's own dissector is to look (6.1).</summary>
    Continue = 129,
}
