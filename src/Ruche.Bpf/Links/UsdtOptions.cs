// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Links;

/// <summary>How a program is attached to a static user-space trace point.</summary>
public sealed record UsdtOptions
{
    /// <summary>The process to watch; null for all that run the file, now or later. Needed when the target names no file.</summary>
    public int? Pid { get; init; }

    /// <summary>A number that the program reads with <c>bpf_usdt_cookie</c>.</summary>
    public ulong Cookie { get; init; }
}
