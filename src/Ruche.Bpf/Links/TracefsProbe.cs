// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Links;

/// <summary>
/// Dynamic probes made in tracefs, for kernels before 4.17 and those without the perf sources. The probe is a kernel-wide entry
/// that is removed when the link ends; a process that is killed leaves it behind, without its program.
/// </summary>
internal static class TracefsProbe
{
    private const string Group = "ruche";
    private static int _count;

    public static BpfLink AttachUser(BpfProgram program, string path, ulong offset, UprobeOptions options, string target, string operation)
    {
        string name = NextName();
        string definition = $"{(options.IsReturn ? 'r' : 'p')}:{Group}/{name} {path}:0x{offset:x}{(options.CounterOffset == 0 ? "" : $"(0x{options.CounterOffset:x})")}";
        return Attach(program, "uprobe_events", name, definition, options.Pid, options.Cookie,
            options.IsReturn ? AttachKind.Uretprobe : AttachKind.Uprobe, target, operation);
    }

    public static BpfLink AttachKernel(BpfProgram program, string function, ulong offset, bool isReturn, ulong cookie, string operation)
    {
        string name = NextName();
        string place = offset == 0 ? function : $"{function}+{offset}";
        return Attach(program, "kprobe_events", name, $"{(isReturn ? 'r' : 'p')}:{Group}/{name} {place}", null, cookie,
            isReturn ? AttachKind.Kretprobe : AttachKind.Kprobe, place, operation);
    }

    private static BpfLink Attach(
        BpfProgram program, string list, string name, string definition, int? pid, ulong cookie, AttachKind kind, string target, string operation)
    {
        string events = Path.Combine(KernelFileSystems.Tracing(), list);
        if (!File.Exists(events))
            throw new BpfException(operation, Errno.ENOENT, $"this kernel has no {list[..6]}s (neither a perf source nor {list} in tracefs)");
        Append(events, definition, operation);
        try
        {
            PerfEventAttr attr = new()
            {
                Type = PerfEvent.TypeTracepoint,
                Config = TraceEvents.IdOf(Group, name, operation),
                SamplePeriod = 1,
                WakeupEvents = 1,
            };
            var perfEvent = PerfEvent.Open(ref attr, pid ?? -1, pid is null ? 0 : -1, operation);
            return PerfEventAttachment.Attach(program, perfEvent, kind, target, cookie, () => Remove(events, name));
        }
        catch
        {
            Remove(events, name);
            throw;
        }
    }

    private static string NextName() =>
        string.Create(CultureInfo.InvariantCulture, $"p{Environment.ProcessId}_{Interlocked.Increment(ref _count)}");

    private static void Append(string events, string definition, string operation)
    {
        try
        {
            File.AppendAllText(events, definition + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BpfException(operation, Errno.EINVAL, $"tracefs refuses '{definition}': {e.Message}");
        }
    }

    private static void Remove(string events, string name)
    {
        try
        {
            File.AppendAllText(events, $"-:{Group}/{name}\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The entry is in use by somebody else, or tracefs is gone: it has no program of ours any more.
        }
    }
}
