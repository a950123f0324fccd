// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>Whether a control group may do what it is about to do.</summary>
public enum CgroupVerdict
{
    /// <summary>It may not: the caller gets EPERM, or what <see cref="Bpf.SetRetval"/> has set.</summary>
    Reject = 0,

    /// <summary>It may.</summary>
    Allow = 1,
}
