// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.KernelTypes;

/// <summary>What the kernel promises about a pointer in a field of a trusted object.</summary>
internal enum FieldTrust : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is as valid as the object it lies in.</summary>
    Trusted,

    /// <summary>The same, or null.</summary>
    TrustedOrNull,

    /// <summary>It is valid in an RCU read section.</summary>
    Rcu,

    /// <summary>The same, or null.</summary>
    RcuOrNull,
}
