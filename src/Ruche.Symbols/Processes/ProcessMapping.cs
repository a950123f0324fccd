// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Processes;

/// <summary>A range of a process's memory that holds code.</summary>
/// <param name="Start">Its first address.</param>
/// <param name="End">The first address after it.</param>
/// <param name="Offset">Where it starts in the file.</param>
/// <param name="Device">The file's device, major and minor number in one.</param>
/// <param name="Inode">The file's number; 0 when there is no file.</param>
/// <param name="Path">The file as the process sees it, or what the kernel calls the memory, such as <c>[vdso]</c>; empty when neither.</param>
/// <param name="IsDeleted">Whether the path leads to the file no more.</param>
public sealed record ProcessMapping(
    ulong Start, ulong End, ulong Offset, ulong Device, ulong Inode, string Path, bool IsDeleted)
{
    /// <summary>Whether there is a file that can be read.</summary>
    internal bool HasFile => Inode != 0 && Path.StartsWith('/') && !IsDevice;

    // Opening a device may do something.
    private bool IsDevice => Path.StartsWith("/dev/", StringComparison.Ordinal) && !Path.StartsWith("/dev/shm/", StringComparison.Ordinal);
}
