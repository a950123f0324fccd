// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>
/// A table of functions that the kernel calls, such as a congestion control (<c>BPF_MAP_TYPE_STRUCT_OPS</c>, 5.6). The programs of its class that are marked
/// with <see cref="StructOpsAttribute"/> are the functions, <see cref="StructOpsValueAttribute"/> sets what else is in it, and attaching the object hands it over.
/// </summary>
/// <typeparam name="TTable">The struct of the kernel, with the members that are needed: functions are pointers <c>delegate*&lt;…&gt;</c>.</typeparam>
[MapKind(26, KeySize = 4)]
public readonly struct BpfStructOps<TTable>
    where TTable : unmanaged;
