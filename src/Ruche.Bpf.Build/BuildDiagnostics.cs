// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Build;

/// <summary>What can be wrong with how a project is built.</summary>
public static class BuildDiagnostics
{
    /// <summary>The kernel that is built for is none that is known.</summary>
    public const string Kernel = "RU1101";

    /// <summary>The file with a kernel's types cannot be read.</summary>
    public const string KernelTypes = "RU1102";

    /// <summary>A program uses the kernel's own types, and there are none to verify it with. Kernels verify it when it is loaded.</summary>
    public const string Unverified = "RU1103";
}
