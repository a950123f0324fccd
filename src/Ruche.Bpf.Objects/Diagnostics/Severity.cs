// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Diagnostics;

/// <summary>How much a diagnostic matters.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Info,

    /// <summary>The result is usable, but probably not what was meant.</summary>
    Warning,

    /// <summary>There is no usable result.</summary>
    Error,
}
