// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text;
using Ruche.Cli.Output;
using Ruche.Cli.Terminals;
using Ruche.Trace;

namespace Ruche.Cli.Trace;

/// <summary>A terminal on which what a script prints scrolls by, and its maps stay at the bottom and are redrawn in place.</summary>
internal sealed class LiveMaps(TextWriter terminal) : Stream
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly LiveRegion _region = new(terminal, StandardOutput.Size);
    private readonly List<byte> _printed = [];
    private long _drawn;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Draws again, if it is time to.</summary>
    public void Tick(TraceRun run)
    {
        if (_drawn != 0 && Stopwatch.GetElapsedTime(_drawn) < Pause) return;
        _drawn = Stopwatch.GetTimestamp();
        _region.Draw(TakeLines(), run.ShowMaps().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => _printed.AddRange(buffer);

    // What is written stays until it is drawn above the maps.
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // The script has printed its maps for good.
            _region.Draw([], []);
            terminal.Write(Encoding.UTF8.GetString([.. _printed]));
            terminal.Flush();
            _printed.Clear();
        }

        base.Dispose(disposing);
    }

    private string[] TakeLines()
    {
        int end = _printed.LastIndexOf((byte)'\n');
        if (end < 0) return [];
        string[] lines = Encoding.UTF8.GetString([.. _printed.Take(end)]).Split('\n');
        _printed.RemoveRange(0, end + 1);
        return lines;
    }
}
