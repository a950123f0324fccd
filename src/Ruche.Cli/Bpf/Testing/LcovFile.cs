// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Ruche.Bpf.Programs;

namespace Ruche.Cli.Bpf.Testing;

/// <summary>How often lines ran, in the format of lcov's trace files (geninfo(1)).</summary>
internal static class LcovFile
{
    /// <summary>The text of the file.</summary>
    public static string Render(IReadOnlyList<(SourceLine Line, long Count)> lines)
    {
        StringBuilder text = new();
        foreach (var file in lines.GroupBy(l => l.Line.File, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"TN:\nSF:{file.Key}\n");
            foreach (var (line, count) in file) text.Append(CultureInfo.InvariantCulture, $"DA:{line.Line},{count}\n");
            text.Append(CultureInfo.InvariantCulture, $"LF:{file.Count()}\nLH:{file.Count(l => l.Count > 0)}\nend_of_record\n");
        }

        return text.ToString();
    }
}
