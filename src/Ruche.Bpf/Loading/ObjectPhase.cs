// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Loading;

/// <summary>How far an object has come.</summary>
public enum ObjectPhase
{
    /// <summary>Read; nothing is in the kernel.</summary>
    Opened,

    /// <summary>Its maps exist.</summary>
    Prepared,

    /// <summary>Its programs are loaded.</summary>
    Loaded,

    /// <summary>Its programs are attached.</summary>
    Attached,

    /// <summary>Everything has been let go of.</summary>
    Disposed,
}
