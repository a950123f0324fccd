// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What is done with a device.</summary>
[Flags]
public enum DeviceAccess : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Its file is made.</summary>
    Create = 1,

    /// <summary>It is read.</summary>
    Read = 2,

    /// <summary>It is written.</summary>
    Write = 4,
}
