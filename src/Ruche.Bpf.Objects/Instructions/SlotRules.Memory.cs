// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <content>Loads, stores and atomics.</content>
internal static partial class SlotRules
{
    private static SlotFault? CheckLoad(Instruction slot)
    {
        bool isDouble = slot.Width is MemoryWidth.Double;
        return slot.Mode switch
        {
            MemoryMode.Immediate when isDouble => Written(slot) ?? NoOffset(slot) ?? KnownWideSource(slot),
            MemoryMode.Absolute when !isDouble => NoDestination(slot) ?? NoSource(slot) ?? NoOffset(slot),
            MemoryMode.Indirect when !isDouble => NoDestination(slot) ?? Read(slot) ?? NoOffset(slot),
            _ => SlotFault.UnknownOpcode(slot),
        };
    }

    private static SlotFault? KnownWideSource(Instruction slot) => slot.WideSource <= WideSource.MapIndexValue
        ? null
        : SlotFault.Reserved("the kind of a wide load (source field)", "0 to 6", (int)slot.Source);

    private static SlotFault? CheckLoadX(Instruction slot) => slot.Mode switch
    {
        MemoryMode.Memory => Written(slot) ?? Read(slot) ?? NoImmediate(slot),
        MemoryMode.SignExtended when slot.Width is not MemoryWidth.Double => Written(slot) ?? Read(slot) ?? NoImmediate(slot),
        _ => SlotFault.UnknownOpcode(slot),
    };

    private static SlotFault? CheckStore(Instruction slot) => slot.Mode is MemoryMode.Memory
        ? ReadDestination(slot) ?? NoSource(slot)
        : SlotFault.UnknownOpcode(slot);

    private static SlotFault? CheckStoreX(Instruction slot) => slot.Mode is MemoryMode.Memory
        ? ReadDestination(slot) ?? Read(slot) ?? NoImmediate(slot)
        : SlotFault.UnknownOpcode(slot);

    private static SlotFault? CheckAtomic(Instruction slot)
    {
        if (slot.AtomicOperation is AtomicOperation.LoadAcquire) return Written(slot) ?? Read(slot);
        if ((ReadDestination(slot) ?? Read(slot)) is { } fault) return fault;
        if (slot.AtomicOperation is AtomicOperation.StoreRelease) return null;
        if (slot.Width is MemoryWidth.Byte or MemoryWidth.Half) return SlotFault.UnknownOpcode(slot);

        switch (slot.AtomicOperation)
        {
            case AtomicOperation.Add or AtomicOperation.Or or AtomicOperation.And or AtomicOperation.Xor
                or AtomicOperation.CompareExchange:
                return null;
            case AtomicOperation.FetchAdd or AtomicOperation.FetchOr or AtomicOperation.FetchAnd or AtomicOperation.FetchXor
                or AtomicOperation.Exchange:
                return slot.Source is Register.R10 ? SlotFault.FramePointer("the source field") : null;
            default:
                return SlotFault.Reserved("the atomic operation (immediate)", "a known one", slot.Immediate);
        }
    }
}
