// SPDX-License-Identifier: MIT
using System.Buffers;

namespace Ruche.Bpf.Maps;

/// <summary>
/// Walks a map: in batches where it can be, else key by key with the next key always fetched before the current entry is
/// handed out, so that the caller may delete what it sees. Allocates only at the start, from a pool.
/// </summary>
internal sealed class EntryReader
{
    private const int BufferBytes = 1 << 16;

    /// <summary>How many times its capacity a map is walked before giving up, when deletions make the kernel start over.</summary>
    private const int MaxPasses = 8;

    private readonly IBpfMap _map;
    private readonly long _limit;
    private byte[] _keys;
    private byte[] _values;
    private byte[] _cursor;
    private int _room;
    private int _count;
    private int _index;
    private long _visited;
    private bool _started;
    private bool _isOneByOne;
    private bool _finished;

    public EntryReader(IBpfMap map)
    {
        if (map.KeySize == 0) throw new InvalidOperationException($"map '{map.Name}' has no keys to walk");
        _map = map;
        _limit = (long)map.MaxEntries * MaxPasses + MaxPasses;
        _cursor = ArrayPool<byte>.Shared.Rent(Math.Max(map.KeySize, sizeof(ulong)));
        _keys = [];
        _values = [];
        long fitting = BufferBytes / (map.KeySize + map.ValueBufferSize);
        Reserve((int)Math.Clamp(fitting, 1, Math.Max(map.MaxEntries, 1)));
    }

    public ReadOnlySpan<byte> Key => _keys.AsSpan(_index * _map.KeySize, _map.KeySize);

    public ReadOnlySpan<byte> Value => _values.AsSpan(_index * _map.ValueBufferSize, _map.ValueBufferSize);

    public bool MoveNext()
    {
        if (++_index < _count) return true;
        _index = _count = 0;
        if (!_finished && !_isOneByOne) ReadBatch();
        if (_count > 0) return true;
        return _isOneByOne && ReadOne();
    }

    public void Release()
    {
        ArrayPool<byte>.Shared.Return(_keys);
        ArrayPool<byte>.Shared.Return(_values);
        ArrayPool<byte>.Shared.Return(_cursor);
        (_keys, _values, _cursor) = ([], [], []);
        (_index, _count, _finished) = (0, 0, true);
    }

    private void ReadBatch()
    {
        while (_count == 0 && !_finished)
        {
            _count = _room;
            Errno errno = _map.TryReadBatch(_started ? _cursor : default, _cursor, _keys, _values, ref _count);
            if (errno is Errno.EOPNOTSUPP)
            {
                _isOneByOne = true;
                return;
            }

            _started = true;
            switch (errno)
            {
                case Errno.None or Errno.EINTR:
                    break;
                case Errno.ENOENT:
                    _finished = true;
                    break;
                case Errno.ENOSPC:
                    // One bucket holds more than fits.
                    Reserve(checked(_room * 2));
                    break;
                default:
                    _count = 0;
                    throw _map.Explain(MapOperation.Walk, errno);
            }

            CheckLimit(_count);
        }
    }

    private bool ReadOne()
    {
        Span<byte> key = _keys.AsSpan(0, _map.KeySize);
        Span<byte> next = _cursor.AsSpan(0, _map.KeySize);
        if (!_started) _finished = !Next(default, next);
        _started = true;
        while (!_finished)
        {
            next.CopyTo(key);
            _finished = !Next(key, next);
            CheckLimit(1);
            if (!_map.Find(key, _values.AsSpan(0, _map.ValueBufferSize))) continue;
            _count = 1;
            return true;
        }

        return false;
    }

    private bool Next(ReadOnlySpan<byte> key, Span<byte> next) => _map.IsThere(_map.TryNextKey(key, next), MapOperation.Walk);

    private void CheckLimit(int more)
    {
        _visited += more;
        if (_visited > _limit)
            throw new BpfException($"walk map '{_map.Name}'", Errno.EAGAIN, "entries are deleted faster than they can be read; walk it again later");
    }

    private void Reserve(int room)
    {
        if (_keys.Length > 0) ArrayPool<byte>.Shared.Return(_keys);
        if (_values.Length > 0) ArrayPool<byte>.Shared.Return(_values);
        _room = room;
        _keys = ArrayPool<byte>.Shared.Rent(checked(room * _map.KeySize));
        _values = ArrayPool<byte>.Shared.Rent(checked(room * _map.ValueBufferSize));
    }
}
