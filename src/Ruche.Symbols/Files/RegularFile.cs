// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;

namespace Ruche.Symbols.Files;

/// <summary>Opens files whose paths others have chosen.</summary>
internal static class RegularFile
{
    /// <summary>The open file; null when it is missing, empty, a directory, or may not be read. Pipes and devices have no length: they are
    /// not opened, since that could wait or change them.</summary>
    public static SafeFileHandle? TryOpen(string path)
    {
        try
        {
            FileInfo info = new(path);
            if (!info.Exists || info.Length == 0) return null;

            // Without sharing .NET would lock the file.
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }
}
