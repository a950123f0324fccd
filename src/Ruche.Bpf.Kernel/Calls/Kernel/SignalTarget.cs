// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>Who gets a signal: <c>enum pid_type</c>.</summary>
public enum SignalTarget : uint
{
    /// <summary>The thread.</summary>
    Thread = 0,

    /// <summary>The process.</summary>
    Process = 1,
}
