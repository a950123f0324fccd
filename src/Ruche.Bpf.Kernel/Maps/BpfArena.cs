// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Memory that programs and processes share, with the same addresses (<c>BPF_MAP_TYPE_ARENA</c>, 6.9). The entries are pages.</summary>
[MapKind(33, HasNoValues = true, Flags = 1 << 10)]
public readonly unsafe struct BpfArena
{
    /// <summary>Makes pages part of the arena, all zero; null when there are none left. In sleepable programs.</summary>
    public void* Allocate(uint pages) => Bpf.ArenaAllocPages(this, null, pages, -1, 0);

    /// <summary>Gives pages back.</summary>
    public void Free(void* address, uint pages) => Bpf.ArenaFreePages(this, address, pages);
}
