// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <summary>What a byte-order instruction does: its whole opcode.</summary>
public enum EndianOperation : byte
{
    /// <summary>Host to little-endian or back.</summary>
    ToLittle = 0xd4,

    /// <summary>Host to big-endian or back.</summary>
    ToBig = 0xdc,

    /// <summary>Swap whatever the host is. Linux 6.6.</summary>
    Swap = 0xd7,
}
