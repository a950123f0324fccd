// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program is run by user space, which hands it a context of its own (5.14). It may wait.</summary>
[Section("syscall")]
public sealed class SyscallAttribute : BpfProgramAttribute;
