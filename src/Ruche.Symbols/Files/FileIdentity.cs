// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Files;

/// <summary>What makes a file the same file: processes that map it share what is read from it.</summary>
/// <param name="Device">The device's number, as in <c>/proc/PID/maps</c>.</param>
/// <param name="Inode">The file's number on it.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Modified">When it was last written, in ticks.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Inode, long Length, long Modified);
