// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Bpf.Machine.Captures;

/// <summary>A packet of a capture file.</summary>
/// <param name="Bytes">What was captured of it, from the link header on.</param>
/// <param name="Length">How long it was; more than there are bytes when it was cut off.</param>
public readonly record struct CapturedPacket(ImmutableArray<byte> Bytes, int Length);
