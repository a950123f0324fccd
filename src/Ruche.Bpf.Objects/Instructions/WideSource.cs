// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <summary>What a 64-bit immediate load means: its source field.</summary>
public enum WideSource : byte
{
    /// <summary>The value itself.</summary>
    Value,

    /// <summary>The map behind a file descriptor: <c>BPF_PSEUDO_MAP_FD</c>.</summary>
    MapDescriptor,

    /// <summary>An address in the first value of the map behind a file descriptor; the second slot is the offset.</summary>
    MapValue,

    /// <summary>The address of a kernel variable by BTF id; the second slot is the module's BTF file descriptor or 0.</summary>
    KernelVariable,

    /// <summary>The address of a function of the program, relative to the next slot.</summary>
    Function,

    /// <summary>The map at an index of the load attribute's <c>fd_array</c>.</summary>
    MapIndex,

    /// <summary>An address in the first value of the map at an index of <c>fd_array</c>; the second slot is the offset.</summary>
    MapIndexValue,
}
