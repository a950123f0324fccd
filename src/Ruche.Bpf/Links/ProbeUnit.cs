// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Links;

/// <summary>A perf event source for dynamic probes, <c>kprobe</c> or <c>uprobe</c>, as sysfs describes it.</summary>
/// <param name="Type">Its type for perf_event_open(2).</param>
/// <param name="ReturnBit">The bit of the config that asks for returns.</param>
/// <param name="CounterShift">Where the offset of a reference counter goes in the config; -1 when the kernel has no such thing.</param>
internal readonly record struct ProbeUnit(uint Type, int ReturnBit, int CounterShift)
{
    private const string Devices = "/sys/bus/event_source/devices";

    /// <summary>Null when the kernel has no such source.</summary>
    public static ProbeUnit? Find(string name)
    {
        string directory = Path.Combine(Devices, name);
        if (!Directory.Exists(directory)) return null;
        uint type = uint.Parse(File.ReadAllText(Path.Combine(directory, "type")).AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture);
        return new(type, Bit(directory, "retprobe") ?? 0, Bit(directory, "ref_ctr_offset") ?? -1);
    }

    /// <summary>Opens the event of one probe.</summary>
    /// <param name="place">The function's name, or the file's path.</param>
    /// <param name="offset">Where in it.</param>
    /// <param name="isReturn">Whether to probe returns.</param>
    /// <param name="counter">Offset of a reference counter in the file; 0 for none.</param>
    /// <param name="pid">The process to watch; null for all.</param>
    /// <param name="operation">What to say when the kernel refuses.</param>
    /// <param name="hint">What else to say then.</param>
    public unsafe BpfFd Open(string place, ulong offset, bool isReturn, ulong counter, int? pid, string operation, Func<Errno, string?> hint)
    {
        // SAFETY: the name is zero-terminated and pinned during the call.
        fixed (byte* name = CString.From(place))
        {
            PerfEventAttr attr = new()
            {
                Type = Type,
                Config = (isReturn ? 1ul << ReturnBit : 0) | (counter != 0 && CounterShift >= 0 ? counter << CounterShift : 0),
                Config1 = (ulong)name,
                Config2 = offset,
            };
            try
            {
                return PerfEvent.Open(ref attr, pid ?? -1, pid is null ? 0 : -1, operation);
            }
            catch (BpfException e) when (hint(e.Errno) is { } better)
            {
                throw new BpfException(operation, e.Errno, better);
            }
        }
    }

    /// <summary>Reads <c>config:0</c> or <c>config:32-63</c>.</summary>
    private static int? Bit(string directory, string name)
    {
        string path = Path.Combine(directory, "format", name);
        if (!File.Exists(path)) return null;
        var text = File.ReadAllText(path).AsSpan().Trim();
        text = text[(text.IndexOf(':') + 1)..];
        int dash = text.IndexOf('-');
        return int.Parse(dash < 0 ? text : text[..dash], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
