// SPDX-License-Identifier: MIT
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Loading;

/// <summary>A function to attach to, chosen in place of what a section names.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Program">The loaded program that has it; null for the kernel.</param>
public sealed record AttachTarget(string Function, BpfProgram? Program = null);
