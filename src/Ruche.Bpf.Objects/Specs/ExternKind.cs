// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Specs;

/// <summary>Where the value of an extern comes from.</summary>
public enum ExternKind
{
    /// <summary>The kernel's build configuration, or one of <c>LINUX_KERNEL_VERSION</c>, <c>LINUX_HAS_SYSCALL_WRAPPER</c>, …</summary>
    Kconfig,

    /// <summary>The address of a kernel symbol, typed when the extern has a BTF type.</summary>
    KernelVariable,

    /// <summary>A kernel function that programs may call.</summary>
    KernelFunction,

    /// <summary>A variable of another object: static linking must find it before the object can be loaded.</summary>
    Variable,

    /// <summary>A function of another object: static linking must find it before the object can be loaded.</summary>
    Function,
}
