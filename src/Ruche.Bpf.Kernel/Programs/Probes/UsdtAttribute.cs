// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program runs at a place that a program or library has marked for tracing (USDT).</summary>
/// <param name="binary">The program or library, such as <c>/bin/bash</c> or <c>libc</c>; when it is left out, the loader is told.</param>
/// <param name="provider">Who has marked it, such as <c>libc</c>.</param>
/// <param name="name">What it is called, such as <c>setjmp</c>.</param>
[Section("usdt/{0}:{1}:{2}")]
public sealed class UsdtAttribute(string? binary = null, string? provider = null, string? name = null) : BpfProgramAttribute
{
    /// <summary>The program or library, such as <c>/bin/bash</c> or <c>libc</c>.</summary>
    public string? Binary { get; } = binary;

    /// <summary>Who has marked it, such as <c>libc</c>.</summary>
    public string? Provider { get; } = provider;

    /// <summary>What it is called, such as <c>setjmp</c>.</summary>
    public string? Event { get; } = name;

    /// <summary>Whether the program may wait, and call helpers that do.</summary>
    public bool IsSleepable { get; init; }
}
