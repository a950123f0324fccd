// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <summary>What an atomic instruction does: its immediate.</summary>
public enum AtomicOperation
{
    /// <summary>Adds to memory.</summary>
    Add = 0x00,

    /// <summary>Adds to memory and leaves the old value in the source register.</summary>
    FetchAdd = 0x01,

    /// <summary>Ors into memory.</summary>
    Or = 0x40,

    /// <summary>Ors into memory and leaves the old value in the source register.</summary>
    FetchOr = 0x41,

    /// <summary>Ands into memory.</summary>
    And = 0x50,

    /// <summary>Ands into memory and leaves the old value in the source register.</summary>
    FetchAnd = 0x51,

    /// <summary>Exclusive-ors into memory.</summary>
    Xor = 0xa0,

    /// <summary>Exclusive-ors into memory and leaves the old value in the source register.</summary>
    FetchXor = 0xa1,

    /// <summary>Swaps memory and the source register.</summary>
    Exchange = 0xe1,

    /// <summary>Writes the source register when memory equals R0; R0 receives the old value.</summary>
    CompareExchange = 0xf1,

    /// <summary>Loads with acquire ordering, from source to destination. Linux 6.15.</summary>
    LoadAcquire = 0x100,

    /// <summary>Stores with release ordering. Linux 6.15.</summary>
    StoreRelease = 0x110,
}
