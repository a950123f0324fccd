// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Surroundings;

/// <summary>Answers a route lookup: reads and changes the bytes of a <c>struct bpf_fib_lookup</c>.</summary>
/// <param name="parameters">The question, and where the answer goes.</param>
/// <param name="flags"><c>BPF_FIB_LOOKUP_…</c>.</param>
/// <returns>One of <c>BPF_FIB_LKUP_RET_…</c>, or a negative error number.</returns>
public delegate int RouteLookup(Span<byte> parameters, uint flags);
