// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Values;

/// <summary>What a register or a spilled register holds.</summary>
public enum ValueKind : byte
{
    /// <summary>Nothing that may be read.</summary>
    Unwritten,

    /// <summary>A number.</summary>
    Scalar,

    /// <summary>The program's context.</summary>
    Context,

    /// <summary>A map itself.</summary>
    Map,

    /// <summary>A value in a map.</summary>
    MapValue,

    /// <summary>A key in a map, as callbacks for each element get it.</summary>
    MapKey,

    /// <summary>The stack of a function.</summary>
    Stack,

    /// <summary>The metadata before a packet.</summary>
    PacketMeta,

    /// <summary>A packet's bytes.</summary>
    Packet,

    /// <summary>The end of a packet.</summary>
    PacketEnd,

    /// <summary>A flow dissector's keys.</summary>
    FlowKeys,

    /// <summary>A full socket (<c>struct bpf_sock</c>).</summary>
    Socket,

    /// <summary>A socket of which only the common part may be read.</summary>
    SocketCommon,

    /// <summary>A TCP socket (<c>struct bpf_tcp_sock</c>).</summary>
    TcpSocket,

    /// <summary>An AF_XDP socket.</summary>
    XdpSocket,

    /// <summary>The buffer of a writable raw tracepoint.</summary>
    TracepointBuffer,

    /// <summary>An object of the kernel, or of the program's own types.</summary>
    Btf,

    /// <summary>A block of memory of a known size.</summary>
    Memory,

    /// <summary>A buffer whose size is checked at attach.</summary>
    Buffer,

    /// <summary>A function of the program.</summary>
    Function,

    /// <summary>A dynptr that the program did not make itself.</summary>
    DynamicPointer,

    /// <summary>An arena.</summary>
    Arena,

    /// <summary>A place in the program, read from a jump table.</summary>
    Instruction,
}
