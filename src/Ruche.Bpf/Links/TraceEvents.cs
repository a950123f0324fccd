// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Links;

/// <summary>The static trace points that tracefs lists. Reading them needs root, or CAP_DAC_READ_SEARCH.</summary>
public static class TraceEvents
{
    /// <summary>All trace points that programs can be attached to, in the kernel's order.</summary>
    /// <exception cref="BpfException">EACCES: the process may not read them; or tracefs is not mounted and cannot be.</exception>
    public static IReadOnlyList<TraceEvent> All()
    {
        const string Operation = "list the trace points";
        List<TraceEvent> events = [];
        foreach (var line in Read(Operation, null, "available_events").AsSpan().EnumerateLines())
        {
            int colon = line.IndexOf(':');
            if (colon > 0) events.Add(new(line[..colon].ToString(), line[(colon + 1)..].Trim().ToString()));
        }

        return events;
    }

    /// <summary>Whether there is a trace point of these names that programs can be attached to.</summary>
    /// <exception cref="BpfException">Tracefs is not mounted and cannot be.</exception>
    public static bool Exists(string category, string name) =>
        File.Exists(Path.Combine(KernelFileSystems.Tracing(), "events", category, name, "enable"));

    /// <summary>What the kernel tells about the fields of a trace point: the text of its <c>format</c> file.</summary>
    /// <exception cref="BpfException">ENOENT: there is no such trace point, the hint names similar ones; EACCES: the process may not read it.</exception>
    public static string FormatOf(string category, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(category);
        ArgumentException.ThrowIfNullOrEmpty(name);
        TraceEvent wanted = new(category, name);
        return Read($"read the fields of trace point {wanted}", wanted, "events", category, name, "format");
    }

    /// <summary>The number by which perf_event_open(2) knows a trace point.</summary>
    internal static ulong IdOf(string category, string name, string operation) =>
        ulong.Parse(Read(operation, new(category, name), "events", category, name, "id").AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>What to say about a raw trace point that the kernel does not know.</summary>
    internal static string MissingRaw(string name)
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

    private static string Read(string operation, TraceEvent? wanted, params ReadOnlySpan<string> place)
    {
        string root = KernelFileSystems.Tracing();
        string path = Path.Combine([root, .. place]);
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BpfException(operation, Errno.ENOENT,
                wanted is { } missing ? Missing(Path.Combine(root, "events"), missing.Category, missing.Name) : $"'{path}' does not exist");
        }
        catch (UnauthorizedAccessException)
        {
            throw new BpfException(operation, Errno.EACCES, $"reading '{path}' needs root, or CAP_DAC_READ_SEARCH");
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
