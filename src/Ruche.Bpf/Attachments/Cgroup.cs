// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Attachments;

/// <summary>A directory of the cgroup v2 file system.</summary>
/// <param name="Path">The directory.</param>
/// <param name="Id">The number that the kernel's links and helpers know the cgroup by.</param>
public sealed record Cgroup(string Path, ulong Id);
