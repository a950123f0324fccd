// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Tests.Contexts;

/// <summary>
/// What Linux 6.18 on x86-64 said to programs of one access each: for every type of program and hook, every aligned access of every size to
/// the context and somewhat past it.
/// </summary>
internal static class RecordedAnswers
{
    /// <summary>
    /// After "#": types, each with the numbers of its hooks. Then lines of a range of bytes and the answers for accesses that begin at its
    /// first bytes, repeated until its end: r for reads, s for reads that extend the sign, w for writes, each with the sizes allowed, and
    /// what a read gives when it is no number ("?": or null); a dot for none at all.
    /// </summary>
    public const string Text = """
        # SocketFilter/0
        0-47 r124s124 r1s1 r12s12 r1s1
        48-63 r1248s124w1248 r1s1w1 r12s12w12 r1s1w1 r124s124w124 r1s1w1 r12s12w12 r1s1w1
        64-71 r124s124w124 r1s1w1 r12s12w12 r1s1w1 r124s124 r1s1 r12s12 r1s1
        72-83 . . . .
        84-87 r124s124 r1s1 r12s12 r1s1
        88-163 . . . .
        164-167 r124s124 r1s1 r12s12 r1s1
        168-175 r8:SocketCommon? . . . . . . .
        176-183 r124s124 r1s1 r12s12 r1s1 . . . .
        184-207 . . . .
        # SchedCls/0,46,47,54 SchedAct/0
        0-7 r124s124 r1s1 r12s12 r1s1
        8-15 r124s124w4 r1s1 r12s12 r1s1
        16-31 r124s124 r1s1 r12s12 r1s1
        32-39 r124s124w4 r1s1 r12s12 r1s1 r124s124 r1s1 r12s12 r1s1
        40-47 r124s124 r1s1 r12s12 r1s1 r124s124w4 r1s1 r12s12 r1s1
        48-63 r1248s124w1248 r1s1w1 r12s12w12 r1s1w1 r124s124w124 r1s1w1 r12s12w12 r1s1w1
        64-71 r124s124w124 r1s1w1 r12s12w12 r1s1w1 r124s124 r1s1 r12s12 r1s1
        72-79 r124s124w4 r1s1 r12s12 r1s1 r4:Packet . . .
        80-87 r4:PacketEnd . . . r124s124 r1s1 r12s12 r1s1
        88-139 . . . .
        140-143 r4:PacketMeta . . .
        144-151 . . . .
        152-159 r8w8 . . . . . . .
        160-167 r124s124 r1s1 r12s12 r1s1
        168-175 r8:SocketCommon? . . . . . . .
        176-183 r124s124 r1s1 r12s12 r1s1 r1s1 . . .
        184-191 r8 . . . . . . .
        192-207 . . . .
        # CgroupSkb/0,1
        0-7 r124s124 r1s1 r12s12 r1s1
        8-15 r124s124w4 r1s1 r12s12 r1s1 r124s124 r1s1 r12s12 r1s1
        16-31 r124s124 r1s1 r12s12 r1s1
        32-39 r124s124w4 r1s1 r12s12 r1s1 r124s124 r1s1 r12s12 r1s1
        40-47 r124s124 r1s1 r12s12 r1s1
        48-63 r1248s124w1248 r1s1w1 r12s12w12 r1s1w1 r124s124w124 r1s1w1 r12s12w12 r1s1w1
        64-71 r124s124w124 r1s1w1 r12s12w12 r1s1w1 r124s124 r1s1 r12s12 r1s1
        72-79 . . . . r4:Packet . . .
        80-87 r4:PacketEnd . . . r124s124 r1s1 r12s12 r1s1
        88-95 r124s124 r1s1 r12s12 r1s1 r4s4 . . .
        96-131 r4s4 . . .
        132-139 r124s124 r1s1 r12s12 r1s1
        140-151 . . . .
        152-159 r8w8 . . . . . . .
        160-167 . . . . r124s124 r1s1 r12s12 r1s1
        168-175 r8:SocketCommon? . . . . . . .
        176-183 r124s124 r1s1 r12s12 r1s1 . . . .
        184-191 r8 . . . . . . .
        192-207 . . . .
        # LwtIn/0 LwtOut/0 LwtXmit/0 LwtSeg6Local/0
        0-7 r124s124 r1s1 r12s12 r1s1
        8-15 r124s124w4 r1s1 r12s12 r1s1 r124s124 r1s1 r12s12 r1s1
        16-31 r124s124 r1s1 r12s12 r1s1
        32-39 r124s124w4 r1s1 r12s12 r1s1 r124s124 r1s1 r12s12 r1s1
        40-47 r124s124 r1s1 r12s12 r1s1
        48-63 r1248s124w1248 r1s1w1 r12s12w12 r1s1w1 r124s124w124 r1s1w1 r12s12w12 r1s1w1
        64-71 r124s124w124 r1s1w1 r12s12w12 r1s1w1 r124s124 r1s1 r12s12 r1s1
        72-79 . . . . r4:Packet . . .
        80-87 r4:PacketEnd . . . r124s124 r1s1 r12s12 r1s1
        88-163 . . . .
        164-167 r124s124 r1s1 r12s12 r1s1
        168-175 r8:SocketCommon? . . . . . . .
        176-183 r124s124 r1s1 r12s12 r1s1 . . . .
        184-207 . . . .
        # SkSkb/4,5,38
        0-7 r124s124 r1s1 r12s12 r1s1
        8-15 . . . . r124s124 r1s1 r12s12 r1s1
        16-31 r124s124 r1s1 r12s12 r1s1
        32-39 r124s124w4 r1s1 r12s12 r1s1 r124s124 r1s1 r12s12 r1s1
        40-47 r124s124 r1s1 r12s12 r1s1 r124s124w4 r1s1 r12s12 r1s1
        48-63 r1248s124 r1s1 r12s12 r1s1 r124s124 r1s1 r12s12 r1s1
        64-71 r124s124 r1s1 r12s12 r1s1
        72-79 . . . . r4:Packet . . .
        80-87 r4:PacketEnd . . . r124s124 r1s1 r12s12 r1s1
        88-95 r124s124 r1s1 r12s12 r1s1 r4s4 . . .
        96-131 r4s4 . . .
        132-139 r124s124 r1s1 r12s12 r1s1
        140-163 . . . .
        164-167 r124s124 r1s1 r12s12 r1s1
        168-175 r8:SocketCommon? . . . . . . .
        176-183 r124s124 r1s1 r12s12 r1s1 . . . .
        184-207 . . . .
        # FlowDissector/17
        0-75 . . . .
        76-79 r4:Packet . . .
        80-87 r4:PacketEnd . . . . . . .
        88-143 . . . .
        144-151 r8:FlowKeys . . . . . . .
        152-207 . . . .
        # Xdp/0,35,37
        0-7 r4:Packet . . . r4:PacketEnd . . .
        8-15 r4:PacketMeta . . . r4s4 . . .
        16-23 r4s4 . . . . . . .
        24-39 . . . .
        # Xdp/33
        0-7 r4:Packet . . . r4:PacketEnd . . .
        8-15 r4:PacketMeta . . . r4s4 . . .
        16-23 r4s4 . . .
        24-39 . . . .
        # CgroupSock/2,34
        0-7 r4s4w4 . . . r124s124 . . .
        8-15 r124s124 . . .
        16-23 r4s4w4 . . .
        24-47 . . . .
        48-55 r124s124 r1s1 . . r124s124 r1s1 r12s12 r1s1
        56-71 r124s124 r1s1 r12s12 r1s1
        72-79 r124s124 . . .
        80-95 . . . .
        # CgroupSock/12
        0-7 . . . . r124s124 . . .
        8-15 r124s124 . . .
        16-23 . . . .
        24-31 r124s124 r1s1 r12s12 r1s1 . . . .
        32-43 . . . .
        44-47 r124s124 . . .
        48-55 r124s124 r1s1 . . r124s124 r1s1 r12s12 r1s1
        56-71 r124s124 r1s1 r12s12 r1s1
        72-79 r124s124 . . .
        80-95 . . . .
        # CgroupSock/13
        0-7 . . . . r124s124 . . .
        8-15 r124s124 . . .
        16-27 . . . .
        28-43 r124s124 r1s1 r12s12 r1s1
        44-47 r124s124 . . .
        48-55 r124s124 r1s1 . . r124s124 r1s1 r12s12 r1s1
        56-71 r124s124 r1s1 r12s12 r1s1
        72-79 r124s124 . . .
        80-95 . . . .
        # CgroupSockAddr/8,10,19,29,31
        0-7 r4s4 . . . r124s124w4 r1s1 r12s12 r1s1
        8-23 . . . .
        24-31 r124s124w4 r1s1 r12s12 r1s1 r4s4 . . .
        32-39 r4s4 . . .
        40-63 . . . .
        64-71 r8:Socket . . . . . . .
        72-87 . . . .
        # CgroupSockAddr/9,11,20,30,32
        0-7 r4s4 . . . . . . .
        8-23 r1248s124w48 r1s1 r12s12 r1s1 r124s124w4 r1s1 r12s12 r1s1
        24-31 r124s124w4 r1s1 r12s12 r1s1 r4s4 . . .
        32-39 r4s4 . . .
        40-63 . . . .
        64-71 r8:Socket . . . . . . .
        72-87 . . . .
        # CgroupSockAddr/14
        0-7 r4s4 . . . r124s124w4 r1s1 r12s12 r1s1
        8-23 . . . .
        24-31 r124s124w4 r1s1 r12s12 r1s1 r4s4 . . .
        32-39 r4s4 . . .
        40-47 r124s124w4 r1s1 r12s12 r1s1 . . . .
        48-63 . . . .
        64-71 r8:Socket . . . . . . .
        72-87 . . . .
        # CgroupSockAddr/15
        0-7 r4s4 . . . . . . .
        8-23 r1248s124w48 r1s1 r12s12 r1s1 r124s124w4 r1s1 r12s12 r1s1
        24-31 r124s124w4 r1s1 r12s12 r1s1 r4s4 . . .
        32-39 r4s4 . . .
        40-47 . . . . r124s124w4 r1s1 r12s12 r1s1
        48-55 r1248s124w48 r1s1 r12s12 r1s1 r124s124w4 r1s1 r12s12 r1s1
        56-63 r124s124w4 r1s1 r12s12 r1s1 . . . .
        64-71 r8:Socket . . . . . . .
        72-87 . . . .
        # CgroupSockAddr/49,50,51,52,53
        0-7 r4s4 . . . . . . .
        8-23 . . . .
        24-31 r124s124w4 r1s1 r12s12 r1s1 r4s4 . . .
        32-39 r4s4 . . .
        40-63 . . . .
        64-71 r8:Socket . . . . . . .
        72-87 . . . .
        # SockOps/3
        0-7 r4s4 . . . r4s4w4 . . .
        8-163 r4s4 . . .
        164-167 r4s4w4 . . .
        168-183 r8 . . . . . . .
        184-191 r8:Socket? . . . . . . .
        192-199 r8:Packet . . . . . . .
        200-207 r8:PacketEnd . . . . . . .
        208-215 r4s4 . . . r124s124 . . .
        216-223 r8 . . . . . . .
        224-247 . . . .
        # SkMsg/7
        0-7 r8:Packet . . . . . . .
        8-15 r8:PacketEnd . . . . . . .
        16-71 r4s4 . . .
        72-79 r8:Socket . . . . . . .
        80-95 . . . .
        # SkReuseport/39,40
        0-7 r8:Packet . . . . . . .
        8-15 r8:PacketEnd . . . . . . .
        16-23 r124s124 r1s1 r12s12 r1s1 r24s24 . r2s2 .
        24-31 r124s124 r1s1 r12s12 r1s1
        32-39 r4s4 . . . . . . .
        40-47 r8:Socket . . . . . . .
        48-55 r8:SocketCommon? . . . . . . .
        56-71 . . . .
        # SkLookup/36
        0-7 r8:Socket? . . . . . . .
        8-67 r124s124 r1s1 r12s12 r1s1
        68-87 . . . .
        # CgroupSysctl/18
        0-7 r124s124 r1s1 r12s12 r1s1 r124s124w4 r1s1 r12s12 r1s1
        8-23 . . . .
        # CgroupSockOpt/21
        0-7 r8:Socket . . . . . . .
        8-15 r8:Packet . . . . . . .
        16-23 r8:PacketEnd . . . . . . .
        24-31 r4s4 . . .
        32-39 r4s4w4 . . .
        40-55 . . . .
        # CgroupSockOpt/22
        0-7 r8:Socket . . . . . . .
        8-15 r8:Packet . . . . . . .
        16-23 r8:PacketEnd . . . . . . .
        24-35 r4s4w4 . . .
        36-55 . . . .
        # CgroupDevice/6
        0-7 r124s124 r1s1 r12s12 r1s1 r4s4 . . .
        8-15 r4s4 . . . . . . .
        16-23 . . . .
        # PerfEvent/0,41
        0-167 r8 . . . . . . .
        168-183 r1248s124 r1s1 r12s12 r1s1 r124s124 r1s1 r12s12 r1s1
        184-199 . . . .
        # Kprobe/0,42,56,48,57
        0-167 r1248s124 r1s1 r12s12 r1s1 r124s124 r1s1 r12s12 r1s1
        168-183 . . . .
        # Tracepoint/0
        0-7 . . . .
        8-23 r1248s124 r1s1 r12s12 r1s1 r124s124 r1s1 r12s12 r1s1
        # RawTracepoint/0
        0-95 r1248s124 r1s1 r12s12 r1s1 r124s124 r1s1 r12s12 r1s1
        96-111 . . . .
        # RawTracepointWritable/0
        0-7 r8:TracepointBuffer r1s1 r12s12 r1s1 r124s124 r1s1 r12s12 r1s1
        8-95 r1248s124 r1s1 r12s12 r1s1 r124s124 r1s1 r12s12 r1s1
        96-111 . . . .
        # Netfilter/45
        0-15 r8:Btf . . . . . . .
        16-23 . . . .
        # Syscall/0
        0-23 r1248s124w1248 r1s1w1 r12s12w12 r1s1w1 r124s124w124 r1s1w1 r12s12w12 r1s1w1
        """;

    /// <summary>The same about pointers to sockets: after "#", the kind of pointer.</summary>
    public const string Sockets = """
        # Socket
        0-7 r4s4 . . . r124s124 . . .
        8-15 r124s124 . . .
        16-23 r4s4 . . .
        24-43 r124s124 r1s1 r12s12 r1s1
        44-47 r124s124 . . .
        48-55 r124s124 r1s1 . . r124s124 r1s1 r12s12 r1s1
        56-71 r124s124 r1s1 r12s12 r1s1
        72-79 r124s124 . . .
        80-87 . . . .
        # SocketCommon
        0-7 r4s4 . . . r124s124 . . .
        8-23 . . . .
        24-43 r124s124 r1s1 r12s12 r1s1
        44-47 r124s124 . . .
        48-55 r124s124 r1s1 . . r124s124 r1s1 r12s12 r1s1
        56-71 r124s124 r1s1 r12s12 r1s1
        72-79 r124s124 . . .
        80-87 . . . .
        # TcpSocket
        0-79 r4s4 . . .
        80-95 r8 . . . . . . .
        96-111 r4s4 . . .
        112-119 . . . .
        """;
}
