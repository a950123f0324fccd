// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Tests.Leaks;

/// <summary>
/// Watches what one test does with the kernel: every descriptor with the stack that opened it, every kernel object it made by id
/// (which finds what a forgotten pin or attachment keeps alive), memory mappings, and pins.
/// </summary>
internal sealed class LeakLedger
{
    /// <summary>The kernel frees programs and what they hold after a grace period; nothing takes this long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly (string Fact, BpfCommand Open)[] Kinds =
    [
        ("map_id", BpfCommand.MapGetFdById), ("prog_id", BpfCommand.ProgGetFdById), ("link_id", BpfCommand.LinkGetFdById),
    ];

    private readonly ConcurrentDictionary<BpfFd, string> _open = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<(BpfCommand Open, uint Id), string> _made = [];
    private readonly ConcurrentBag<string> _abandoned = [];
    private readonly Dictionary<string, int> _before = CountOwn();

    public LeakLedger() => BpfFd.Watch = Record;

    /// <summary>Stops watching and says what was left behind.</summary>
    public IReadOnlyList<string> Close()
    {
        List<string> leaks = [.. _abandoned.Select(stack => $"a descriptor nobody disposed, opened\n{stack}")];
        leaks.AddRange(_open.Select(open => $"descriptor {open.Key.DangerousGetHandle()} open, opened\n{open.Value}"));
        BpfFd.Watch = null;

        foreach (var (what, count) in CountOwn())
            if (count > _before.GetValueOrDefault(what)) leaks.Add($"{count - _before.GetValueOrDefault(what)} × {what}");
        if (leaks.Count == 0) leaks.AddRange(Survivors());
        string pins = $"/sys/fs/bpf/ruche-tests-{Environment.ProcessId}";
        if (Directory.Exists(pins)) leaks.AddRange(Directory.EnumerateFileSystemEntries(pins).Select(pin => $"pin {pin}"));
        return leaks;
    }

    private IEnumerable<string> Survivors()
    {
        long started = Stopwatch.GetTimestamp();
        foreach (var ((open, id), stack) in _made)
        {
            SpinWait spin = new();
            while (IsAlive(open, id) && Stopwatch.GetElapsedTime(started) < Patience) spin.SpinOnce();
            if (IsAlive(open, id)) yield return $"{open} {id} still alive, made\n{stack}";
        }
    }

    private void Record(BpfFd fd, FdEvent what)
    {
        switch (what)
        {
            case FdEvent.Opened:
                string stack = Environment.StackTrace;
                _open[fd] = stack;
                Remember((int)fd.DangerousGetHandle(), stack);
                break;
            case FdEvent.Abandoned:
                _abandoned.Add(_open.GetValueOrDefault(fd, "before the test"));
                break;
            default:
                _open.TryRemove(fd, out _);
                break;
        }
    }

    // An object opened by id may be somebody else's.
    private void Remember(int fd, string stack)
    {
        if (stack.Contains("KernelObject.TryOpen", StringComparison.Ordinal)) return;
        foreach (string line in File.ReadLines($"/proc/self/fdinfo/{fd}"))
            foreach (var (fact, open) in Kinds)
                if (line.StartsWith(fact, StringComparison.Ordinal) && line[fact.Length] == ':')
                    _made.TryAdd((open, uint.Parse(line.AsSpan(fact.Length + 1).Trim(), CultureInfo.InvariantCulture)), stack);
    }

    private static bool IsAlive(BpfCommand open, uint id)
    {
        using BpfFd? fd = KernelObject.TryOpen(open, id, "look for a leak");
        return fd is not null;
    }

    private static Dictionary<string, int> CountOwn()
    {
        IEnumerable<string> descriptors = Directory.EnumerateFileSystemEntries("/proc/self/fd")
            .Select(path => File.ResolveLinkTarget(path, returnFinalTarget: false)?.Name ?? "")
            .Where(IsOurs)
            .Select(name => $"descriptor of {name}");
        IEnumerable<string> mappings = File.ReadLines("/proc/self/maps")
            .Select(line => line[(line.LastIndexOf(' ') + 1)..])
            .Where(IsOurs)
            .Select(name => $"mapping of {name}");
        return descriptors.Concat(mappings).CountBy(name => name).ToDictionary();
    }

    private static bool IsOurs(string name) => name.Contains("bpf", StringComparison.Ordinal) && name.StartsWith("anon_inode:", StringComparison.Ordinal)
        || name is "anon_inode:[perf_event]" or "anon_inode:btf";
}
