// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Runs;

/// <summary>A packet that a program has sent elsewhere.</summary>
/// <param name="Kind">How.</param>
/// <param name="Target">The interface; of a map, the key, or its first four bytes.</param>
/// <param name="Flags">What the program said besides.</param>
/// <param name="Map">The name of the map; null without one.</param>
public sealed record PacketRedirect(RedirectKind Kind, uint Target, ulong Flags = 0, string? Map = null);
