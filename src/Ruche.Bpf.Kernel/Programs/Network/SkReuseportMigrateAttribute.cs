// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>As <see cref="SkReuseportAttribute"/>, and it chooses where a connection goes when the socket that has it is closed (5.14).</summary>
[Section("sk_reuseport/migrate")]
public sealed class SkReuseportMigrateAttribute : BpfProgramAttribute;
