// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>A packet at a hook of netfilter: <c>struct bpf_nf_ctx</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct NetfilterContext
{
    private readonly ulong _state;
    private readonly ulong _packet;

    /// <summary>Where it is: the kernel's <c>struct nf_hook_state</c>.</summary>
    public ref TState State<TState>()
        where TState : unmanaged => ref *Addresses.Object<TState>(_state);

    /// <summary>The packet: the kernel's <c>struct sk_buff</c>. A dynptr reads its bytes, see <see cref="Bpf.DynptrFromSkb"/>.</summary>
    public ref TBuffer Packet<TBuffer>()
        where TBuffer : unmanaged => ref *Addresses.Object<TBuffer>(_packet);
}
