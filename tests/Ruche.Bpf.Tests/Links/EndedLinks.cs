// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Links;

namespace Ruche.Bpf.Tests.Links;

internal static class EndedLinks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Whether a link ends: the kernel lets go of it a moment after its last descriptor or pin is gone.</summary>
    public static bool IsGone(uint id)
    {
        long started = Stopwatch.GetTimestamp();
        SpinWait spin = new();
        while (IsThere(id) && Stopwatch.GetElapsedTime(started) < Patience) spin.SpinOnce();
        return !IsThere(id);
    }

    private static bool IsThere(uint id) => BpfLink.EnumerateIds().Contains(id);
}
