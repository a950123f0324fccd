// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <summary>What a call calls: its source field.</summary>
public enum CallKind : byte
{
    /// <summary>A kernel helper; the immediate is its number.</summary>
    Helper,

    /// <summary>A function of the program; the immediate is its distance from the next slot.</summary>
    Local,

    /// <summary>A kernel function (kfunc); the immediate is its BTF id, the offset an index of <c>fd_array</c>.</summary>
    Kernel,
}
