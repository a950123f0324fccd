// SPDX-License-Identifier: MIT
using System.IO.Compression;

namespace Ruche.Bpf.Loading;

/// <summary>The running kernel's build configuration, as <c>CONFIG_NAME</c> to its text (<c>y</c>, <c>m</c>, <c>250</c>, <c>"text"</c>).</summary>
internal sealed class KernelConfig
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private KernelConfig(string source) => Source = source;

    /// <summary>Where it was read from; empty when the kernel does not tell.</summary>
    public string Source { get; }

    /// <summary>Reads the kernel's configuration; lines in <paramref name="extra"/> win over it.</summary>
    public static KernelConfig Read(string extra)
    {
        string release = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        string[] places = [$"/boot/config-{release}", "/proc/config.gz", $"/lib/modules/{release}/config"];
        string source = places.FirstOrDefault(File.Exists) ?? "";
        KernelConfig config = new(source);
        if (source.Length > 0)
        {
            using Stream file = File.OpenRead(source);
            using Stream text = source.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
            config.Add(new StreamReader(text));
        }

        config.Add(new StringReader(extra));
        return config;
    }

    /// <summary>The text of an option; null when it is not set.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    private void Add(TextReader lines)
    {
        while (lines.ReadLine() is { } line)
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && line.StartsWith("CONFIG_", StringComparison.Ordinal)) _values[line[..equals]] = line[(equals + 1)..].Trim();
        }
    }
}
