// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>A file that the kernel writes object by object: <c>struct seq_file</c>.</summary>
[KernelType("struct seq_file")]
public readonly struct SeqFile;
