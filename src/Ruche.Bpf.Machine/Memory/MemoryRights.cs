// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Memory;

/// <summary>What a program may do with a region.</summary>
[Flags]
public enum MemoryRights : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Load from it.</summary>
    Read = 1,

    /// <summary>Store to it.</summary>
    Write = 2,

    /// <summary>Both.</summary>
    ReadWrite = Read | Write,
}
