// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Pins;

namespace Ruche.Trace.Tests.Running;

/// <summary>Takes away, when it is disposed, all pins that tests of this process have made: their names begin with <see cref="Prefix"/>.</summary>
internal sealed class PinSweep : IDisposable
{
    private const string Folder = "/sys/fs/bpf";

    /// <summary>What the names begin with.</summary>
    public static string Prefix { get; } = string.Create(CultureInfo.InvariantCulture, $"ruche-{Environment.ProcessId}");

    /// <summary>The pins that there are.</summary>
    public static IEnumerable<string> Pins => Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder, $"{Prefix}*") : [];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (string pin in Pins.ToArray()) BpfPins.Remove(pin);
    }
}
