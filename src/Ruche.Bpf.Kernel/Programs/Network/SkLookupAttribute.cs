// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program chooses the socket of a new connection or datagram in a network namespace (5.9); see <see cref="SkLookupContext"/>.</summary>
[Section("sk_lookup")]
public sealed class SkLookupAttribute : BpfProgramAttribute;
