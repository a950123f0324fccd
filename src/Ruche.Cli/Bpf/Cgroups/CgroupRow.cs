// SPDX-License-Identifier: MIT
using Ruche.Bpf.Attachments;

namespace Ruche.Cli.Bpf.Cgroups;

/// <summary>A program at a hook of a cgroup.</summary>
internal sealed record CgroupRow(string Path, AttachedProgram Attached, string Name);
