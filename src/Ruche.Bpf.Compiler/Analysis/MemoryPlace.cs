// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Uapi;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Analysis;

/// <summary>Bytes that are read or written at a constant distance from an address.</summary>
internal sealed class MemoryPlace
{
    private MemoryPlace(Value address, long offset, int bytes)
    {
        while (address is Binary { Operator: BinaryOperator.Add, Left.Type: IrType.Pointer, Right: Constant distance } sum) (address, offset) = (sum.Left, offset + distance.Signed);
        (Base, Offset, Bytes) = (address, offset, bytes);
    }

    /// <summary>The address, without what is known to be added to it.</summary>
    public Value Base { get; }

    public long Offset { get; }

    public int Bytes { get; }

    public long End => Offset + Bytes;

    public static MemoryPlace Of(Load load) => new(load.Address, load.Offset, load.Type.Bytes);

    public static MemoryPlace Of(Store store) => new(store.Address, store.Offset, store.Value.Type.Bytes);

    /// <summary>Whether a write of one may change what is read at the other. Of addresses from elsewhere nothing is known.</summary>
    public bool MayOverlap(MemoryPlace other)
    {
        if (Base == other.Base) return Offset < other.End && other.Offset < End;
        return !(Base is StackSlot && IsBesideSlots(other)) && !(other.Base is StackSlot && IsBesideSlots(this)) && !AreOfTwoKinds(this, other) && !AreOfTwoCalls(this, other);
    }

    // A slot of its own, or what is no memory of the program at all.
    private static bool IsBesideSlots(MemoryPlace place) => place.Base is StackSlot || place.Base.Type is IrType.Pointer { Space: AddressSpace.Context or AddressSpace.Packet };

    // A packet, a value, a context and an object of the kernel never share a byte; what a helper reads for us may be any of them.
    private static bool AreOfTwoKinds(MemoryPlace one, MemoryPlace other) =>
        one.Base.Type is IrType.Pointer { Space: AddressSpace.Context or AddressSpace.Packet or AddressSpace.Value or AddressSpace.Kernel } a
        && other.Base.Type is IrType.Pointer { Space: AddressSpace.Context or AddressSpace.Packet or AddressSpace.Value or AddressSpace.Kernel } b && a.Space != b.Space;

    // What a ring buffer has just reserved is nothing that another call finds.
    private static bool AreOfTwoCalls(MemoryPlace one, MemoryPlace other) =>
        one.Base is HelperCall a && other.Base is HelperCall b && (a.Helper is HelperId.RingbufReserve || b.Helper is HelperId.RingbufReserve);

    /// <summary>
    /// Whether the kernel takes an access of so many bytes that begins here, also on machines that want them aligned. Fields of a context and of the kernel's
    /// objects are accessed as they are declared, so nothing wider is taken there.
    /// </summary>
    public bool TakesAccess(int bytes)
    {
        var (start, alignment) = Base switch
        {
            StackSlot slot => (0, slot.Alignment),
            GlobalAddress global => (global.Offset, 8),
            HelperCall { Helper: HelperId.MapLookupElem or HelperId.MapLookupPercpuElem or HelperId.RingbufReserve } => (0, 8),

            // A packet begins two bytes off a word's border, so that the header behind Ethernet's is aligned: the verifier counts so (NET_IP_ALIGN).
            Convert { Type: IrType.Pointer { Space: AddressSpace.Packet } } packet when IsBound(packet) => (2, 8),
            _ => (0, 1),
        };
        return bytes <= alignment && (start + Offset) % bytes == 0 && Offset is >= short.MinValue and <= short.MaxValue;
    }

    // What the context says of the packet, not an address that was computed as a number.
    private static bool IsBound(Convert packet) =>
        (packet.Operand is Convert { Conversion: Conversion.ZeroExtend } wide ? wide.Operand : packet.Operand) is Load { Address.Type: IrType.Pointer { Space: AddressSpace.Context } };
}
