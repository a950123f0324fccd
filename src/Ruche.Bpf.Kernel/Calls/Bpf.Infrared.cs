// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Remote controls.</content>
public static unsafe partial class Bpf
{
    /// <summary>Says that the last key is still held. LIRC; 4.18; GPL.</summary>
    [Helper(77)]
    public static long RcRepeat<TContext>(ref readonly TContext ctx)
        where TContext : unmanaged => throw KernelOnly.Call;

    /// <summary>Says that a key was pressed. LIRC; 4.18; GPL.</summary>
    [Helper(78)]
    public static long RcKeydown<TContext>(ref readonly TContext ctx, uint protocol, ulong scancode, uint toggle)
        where TContext : unmanaged => throw KernelOnly.Call;

    /// <summary>Says that a pointer was moved. LIRC; 5.0; GPL.</summary>
    [Helper(92)]
    public static long RcPointerRel<TContext>(ref readonly TContext ctx, int relX, int relY)
        where TContext : unmanaged => throw KernelOnly.Call;
}
