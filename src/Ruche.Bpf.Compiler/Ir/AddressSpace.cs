// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>What a pointer points into. It decides how it may be read and written, and what the kernel's verifier wants to see before.</summary>
public enum AddressSpace
{
    /// <summary>The program's own stack: a slot.</summary>
    Stack,

    /// <summary>What the hook hands to the program.</summary>
    Context,

    /// <summary>Bytes of a packet; each access must be compared with the end first.</summary>
    Packet,

    /// <summary>The end of a packet: compared, never read.</summary>
    PacketEnd,

    /// <summary>A value in a map, a global variable, or other memory that the kernel lends for reading and writing.</summary>
    Value,

    /// <summary>A kernel object that may be read directly.</summary>
    Kernel,

    /// <summary>A kernel address that only a helper may read.</summary>
    KernelProbe,

    /// <summary>An address of the process, that only a helper may read.</summary>
    User,

    /// <summary>Not known yet: a pass finds it out by where the address comes from.</summary>
    Any,
}
