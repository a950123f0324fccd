// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Samples.Tests;

/// <summary>Calls that .NET would ask more of than a test wants.</summary>
internal static unsafe partial class Libc
{
    [LibraryImport("libc", EntryPoint = "open")]
    public static partial int Open(byte* path, int flags);
}
