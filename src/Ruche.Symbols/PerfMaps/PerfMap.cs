// SPDX-License-Identifier: MIT
using System.Buffers.Text;
using Microsoft.Win32.SafeHandles;
using Ruche.Symbols.Files;

namespace Ruche.Symbols.PerfMaps;

/// <summary>
/// What a runtime says of the code it has made: lines <c>START SIZE name</c>, to which it adds while it runs. Of several for one place the
/// last counts. The file stays open, so it can be read after its process. Not thread-safe.
/// </summary>
internal sealed class PerfMap(SafeFileHandle file, long longest) : IDisposable
{
    private readonly FunctionTableBuilder _functions = new(keepsLatest: true);
    private long _position;

    /// <summary>The functions read so far.</summary>
    public FunctionTable Table { get; private set; } = FunctionTable.Empty;

    /// <summary>Reads what was added since the last time; false when that is nothing.</summary>
    public bool Update()
    {
        bool isChanged = false;
        byte[] buffer = new byte[1 << 16];
        while (_position < longest)
        {
            int read = TryRead(buffer);
            int used = AddLines(buffer.AsSpan(0, read));

            // The end of a line may not be written yet; a line longer than the buffer is none.
            if (used == 0 && read < buffer.Length) break;
            _position += used == 0 ? read : used;
            isChanged |= used > 0;
        }

        if (isChanged) Table = _functions.Build();
        return isChanged;
    }

    public void Dispose() => file.Dispose();

    private int TryRead(byte[] buffer)
    {
        try
        {
            return RandomAccess.Read(file, buffer, _position);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private int AddLines(ReadOnlySpan<byte> bytes)
    {
        int used = 0;
        while (bytes[used..].IndexOf((byte)'\n') is var length and >= 0)
        {
            AddLine(bytes.Slice(used, length));
            used += length + 1;
        }

        return used;
    }

    private void AddLine(ReadOnlySpan<byte> line)
    {
        if (!TryHex(ref line, out ulong start) || !TryHex(ref line, out ulong size)) return;
        var name = line.TrimEnd((byte)'\r');
        if (start == 0 || size is 0 or > uint.MaxValue || name.IsEmpty || name.Contains((byte)0)) return;
        _functions.Add(start, (uint)size, name);
    }

    private static bool TryHex(ref ReadOnlySpan<byte> line, out ulong value)
    {
        if (line.StartsWith("0x"u8)) line = line[2..];
        if (!Utf8Parser.TryParse(line, out value, out int used, 'x') || used >= line.Length || line[used] != (byte)' ') return false;
        line = line[(used + 1)..];
        return true;
    }
}
