// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel.Lowering;

/// <summary>What an address points into, where C# does not tell. It decides how the compiler reads and writes there.</summary>
public enum AddressSpace
{
    /// <summary>Wherever the address comes from.</summary>
    Any,

    /// <summary>What the hook hands to the program.</summary>
    Context,

    /// <summary>Bytes of a packet; each access must be compared with the end first.</summary>
    Packet,

    /// <summary>The end of a packet: compared, never read.</summary>
    PacketEnd,

    /// <summary>A value in a map, or other memory that the kernel lends for reading and writing.</summary>
    Value,

    /// <summary>A kernel object that may be read directly.</summary>
    Kernel,

    /// <summary>A kernel address that only a helper may read.</summary>
    KernelProbe,

    /// <summary>An address of the process, that only a helper may read.</summary>
    User,

    /// <summary>An address in an arena, which must be turned into one of this program before it is used.</summary>
    Arena,
}
