// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Links;

/// <summary>The static trace points that tracefs lists.</summary>
internal static class TraceEvents
{
    /// <summary>The number by which perf_event_open(2) knows a trace point.</summary>
    public static ulong IdOf(string category, string name, string operation)
    {
        string events = Path.Combine(KernelFileSystems.Tracing(), "events");
        string path = Path.Combine(events, category, name, "id");
        try
        {
            return ulong.Parse(File.ReadAllText(path).AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BpfException(operation, Errno.ENOENT, Missing(events, category, name));
        }
        catch (UnauthorizedAccessException)
        {
            throw new BpfException(operation, Errno.EACCES, $"reading '{path}' needs root, or CAP_DAC_READ_SEARCH");
        }
    }

    /// <summary>What to say about a raw trace point that the kernel does not know.</summary>
    public static string MissingRaw(string name)
    {
        const string Missing = "the kernel has no such trace point";
        try
        {
            string events = Path.Combine(KernelFileSystems.Tracing(), "events");
            var names = Directory.EnumerateDirectories(events).SelectMany(Directory.EnumerateDirectories).Select(d => Path.GetFileName(d)!);
            string[] extra = ["sys_enter", "sys_exit"];
            return NearestNames.Question(name, names.Concat(extra)) is { } question ? $"{Missing}; {question}" : Missing;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Missing;
        }
    }

    private static string Missing(string events, string category, string name)
    {
        bool hasCategory = Directory.Exists(Path.Combine(events, category));
        string what = hasCategory ? $"category '{category}' has no such trace point" : $"the kernel has no trace point category '{category}'";
        IEnumerable<string> candidates = hasCategory
            ? Directory.EnumerateDirectories(Path.Combine(events, category)).Select(d => $"{category}:{Path.GetFileName(d)}")
            : Directory.EnumerateDirectories(events).SelectMany(Directory.EnumerateDirectories)
                .Select(d => $"{Path.GetFileName(Path.GetDirectoryName(d))}:{Path.GetFileName(d)}");
        string? question = NearestNames.Question($"{category}:{name}", candidates);
        return question is null ? what : $"{what}; {question}";
    }
}
