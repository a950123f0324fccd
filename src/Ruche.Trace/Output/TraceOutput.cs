// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Output.Formats;
using Ruche.Trace.Output.Maps;
using Ruche.Trace.Types;

namespace Ruche.Trace.Output;

/// <summary>Where everything goes that a script prints. What is written reaches the stream with <see cref="Flush"/>. Not thread-safe.</summary>
internal abstract class TraceOutput(Stream stream, PrintContext context)
{
    // What a pipe takes at once; more is not kept.
    private const int MostKept = 64 * 1024;

    protected OutputBuffer Buffer { get; } = new();

    protected PrintContext Context { get; } = context;

    /// <summary>All programs are attached.</summary>
    public abstract void AttachedProbes(int count);

    /// <summary>An iterator is pinned, for others to read.</summary>
    public abstract void Pinned(string path);

    /// <summary>What printf shows for arguments that lie in a record.</summary>
    public abstract void Printf(FormatString format, ReadOnlySpan<byte> record);

    /// <summary>What print shows for a value.</summary>
    public abstract void Value(TraceType type, ReadOnlySpan<byte> value);

    /// <summary>
    /// A map: the greatest <paramref name="top"/> entries (0: all), numbers divided by <paramref name="divisor"/> (0: not). Nothing when there
    /// are no entries.
    /// </summary>
    public void Map(MapShape shape, IReadOnlyList<MapEntry> entries, int top = 0, long divisor = 0)
    {
        var rows = MapRows.Of(shape, entries, top);
        if (!rows.IsEmpty) Map(shape, rows, Math.Max(1, divisor));
        Spill();
    }

    /// <summary>
    /// A map without keys that a script asks for although it holds nothing: as if it held zero, as bpftrace 0.27 has it. Histograms are
    /// not shown then, and at the end of a script no such map is.
    /// </summary>
    public void UnsetMap(MapShape shape)
    {
        if (!shape.HasParts) Map(shape, [new([], new byte[ValueLayout.SizeOf(shape.Value)])]);
    }

    /// <summary>A moment in a format of strftime(3).</summary>
    public abstract void Time(string format, long unixNanoseconds);

    /// <summary>What a file holds.</summary>
    public abstract void Cat(ReadOnlySpan<byte> content);

    /// <summary>Strings of an array with something between them.</summary>
    public abstract void Join(ReadOnlySpan<byte> text);

    /// <summary>What a command of the shell wrote.</summary>
    public abstract void CommandOutput(ReadOnlySpan<byte> text);

    /// <summary>So many events found no room.</summary>
    public abstract void LostEvents(ulong count);

    /// <summary>What errorf (or warnf) says, at a place of the script.</summary>
    public abstract void Message(Severity severity, FormatString format, ReadOnlySpan<byte> record, Location.Text where);

    /// <summary>A helper of the kernel returned an error.</summary>
    public abstract void HelperError(string helper, int code, string message, Location.Text where);

    /// <summary>A program found that it cannot go on, such as after a division by zero.</summary>
    public abstract void RuntimeError(string message, Location.Text where);

    /// <summary>So many tests are about to run.</summary>
    public abstract void BeginTests(int count);

    /// <summary>A test is about to run.</summary>
    public abstract void BeginTest(string name);

    /// <summary>A test has run.</summary>
    public abstract void EndTest(string name, bool isPassed, TimeSpan took);

    /// <summary>All tests have run.</summary>
    public abstract void EndTests(int count, IReadOnlyList<string> failed);

    /// <summary>What was measured.</summary>
    public abstract void Benchmarks(IReadOnlyList<BenchmarkResult> results);

    /// <summary>The script ends; what is left are its maps.</summary>
    public abstract void End();

    public virtual void Flush()
    {
        Buffer.FlushTo(stream);
        stream.Flush();
    }

    protected abstract void Map(MapShape shape, IReadOnlyList<MapEntry> rows, long divisor);

    /// <summary>Writes what was kept when it is much.</summary>
    protected void Spill()
    {
        if (Buffer.Length >= MostKept) Buffer.FlushTo(stream);
    }
}
