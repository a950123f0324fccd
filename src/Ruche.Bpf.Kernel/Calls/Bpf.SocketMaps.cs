// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Sockets in maps, and the messages between them.</content>
public static unsafe partial class Bpf
{
    /// <summary>Sends what was received to a socket of the map. Flag 1: as if it had received it. Sk_skb; 4.14.</summary>
    [Helper(52)]
    public static long SkRedirectMap<TMap>(ref readonly SkBuffContext skb, TMap map, uint key, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Sends what was received to a socket of the map. Flag 1: as if it had received it. Sk_skb; 4.18.</summary>
    [Helper(72)]
    public static long SkRedirectHash<TMap>(ref readonly SkBuffContext skb, TMap map, void* key, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Puts the connection's socket into the map. Sockops; 4.14.</summary>
    [Helper(53)]
    public static long SockMapUpdate<TMap>(ref readonly SockOpsContext skops, TMap map, void* key, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Puts the connection's socket into the map. Sockops; 4.18.</summary>
    [Helper(70)]
    public static long SockHashUpdate<TMap>(ref readonly SockOpsContext skops, TMap map, void* key, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Sends the message to a socket of the map. Flag 1: as if it had received it. Sk_msg; 4.17.</summary>
    [Helper(60)]
    public static long MsgRedirectMap<TMap>(ref readonly SkMsgContext msg, TMap map, uint key, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Sends the message to a socket of the map. Flag 1: as if it had received it. Sk_msg; 4.18.</summary>
    [Helper(71)]
    public static long MsgRedirectHash<TMap>(ref readonly SkMsgContext msg, TMap map, void* key, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;

    /// <summary>Lets the verdict hold for the next so many bytes. Sk_msg; 4.17.</summary>
    [Helper(61)]
    public static long MsgApplyBytes(ref readonly SkMsgContext msg, uint bytes) => throw KernelOnly.Call;

    /// <summary>Calls the program again once so many bytes are there. Sk_msg; 4.17.</summary>
    [Helper(62)]
    public static long MsgCorkBytes(ref readonly SkMsgContext msg, uint bytes) => throw KernelOnly.Call;

    /// <summary>Brings bytes of the message together, so that they can be read in place. Read the message anew afterwards. Sk_msg; 4.17.</summary>
    [Helper(63)]
    public static long MsgPullData(ref readonly SkMsgContext msg, uint start, uint end, ulong flags) => throw KernelOnly.Call;

    /// <summary>Makes room in the message. Read the message anew afterwards. Sk_msg; 4.20.</summary>
    [Helper(90)]
    public static long MsgPushData(ref readonly SkMsgContext msg, uint start, uint len, ulong flags) => throw KernelOnly.Call;

    /// <summary>Takes bytes out of the message. Read the message anew afterwards. Sk_msg; 5.0.</summary>
    [Helper(91)]
    public static long MsgPopData(ref readonly SkMsgContext msg, uint start, uint len, ulong flags) => throw KernelOnly.Call;

    /// <summary>Chooses a socket of the map. Sk_reuseport; 4.19.</summary>
    [Helper(82)]
    public static long SkSelectReuseport<TMap>(ref readonly SkReuseportContext reuse, TMap map, void* key, ulong flags)
        where TMap : unmanaged => throw KernelOnly.Call;
}
