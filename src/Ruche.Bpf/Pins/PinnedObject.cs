// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Pins;

/// <summary>One pin: where it is, and what it keeps.</summary>
public sealed record PinnedObject(string Path, KernelObjectKind Kind, uint Id);
