// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Sockets that listen on one port (<c>BPF_MAP_TYPE_REUSEPORT_SOCKARRAY</c>).</summary>
[MapKind(20, KeySize = 4, ValueSize = 8)]
public readonly unsafe struct BpfReuseportSockArray
{
    /// <summary>Chooses a socket. Returns 0, or ENOENT, negative, when there is none.</summary>
    public long Select(ref readonly SkReuseportContext choice, uint index) => Bpf.SkSelectReuseport(in choice, this, &index, 0);
}
