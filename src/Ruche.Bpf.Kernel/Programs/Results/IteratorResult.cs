// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>How an iterator goes on.</summary>
public enum IteratorResult
{
    /// <summary>With the next object.</summary>
    Next = 0,

    /// <summary>With the same object.</summary>
    Again = 1,
}
