// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Maps;

/// <summary>How to tell the kernel the types of a map's keys and values.</summary>
/// <param name="Btf">Types that the kernel has been given.</param>
/// <param name="Key">Id of the key's type in them.</param>
/// <param name="Value">Id of the value's type in them.</param>
/// <param name="KernelValue">For struct_ops maps, id of the value's type among the kernel's own types.</param>
/// <param name="KernelValueModule">For struct_ops types of a kernel module, its types.</param>
public readonly record struct MapTypeIds(BpfFd? Btf, uint Key, uint Value, uint KernelValue = 0, BpfFd? KernelValueModule = null);
