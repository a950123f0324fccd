// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Prototypes;

/// <summary>What a loader must be capable of before its programs see a helper, besides what the program type itself takes.</summary>
public enum HelperCapability : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>CAP_BPF.</summary>
    Bpf,

    /// <summary>CAP_PERFMON, and CAP_BPF.</summary>
    Perfmon,

    /// <summary>CAP_SYS_ADMIN.</summary>
    SysAdmin,
}
