// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Links;

/// <summary>One place of a file to probe.</summary>
/// <param name="Offset">Where in the file.</param>
/// <param name="Counter">Where in the file the counter is that the kernel raises while the probe is on; 0 for none.</param>
/// <param name="Cookie">What the program is told.</param>
internal sealed record UprobePlace(ulong Offset, ulong Counter, ulong Cookie);
